//! The table as an SVG document.

use cano::{StateKind, Table, TableState, Transition, TransitionKind};
use roxmltree::{Document, Node};

const fn outcome(on: &'static str, to: &'static str) -> Transition {
    Transition::new(on, to, TransitionKind::Outcome)
}

const DOOR: Table = Table::new(
    "Door",
    "Opens <a> & \"b\".\n\nAt night.",
    &[
        TableState::new("Knock", "Once, or twice.", StateKind::Start, &[], &[], &[outcome("", "Wait")]),
        TableState::new(
            "Wait",
            "",
            StateKind::Inner,
            &[],
            &[],
            &[
                outcome("Later if n < 3 && !is_late(\"\\\" <\", n)", "Wait"),
                outcome("Never", "Knock"),
                outcome("Some(\"日本\")", "Open"),
                Transition::new("io::Error { .. }", "Open", TransitionKind::Catch),
            ],
        ),
        TableState::new("Open", "", StateKind::Exit, &[], &[], &[]),
    ],
);

fn with_class<'a>(document: &'a Document<'_>, class: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    document
        .descendants()
        .filter(move |node| node.attribute("class").is_some_and(|all| all.split(' ').any(|one| one == class)))
}

fn elements<'a>(node: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(move |child| child.tag_name().name() == name)
}

fn words<'a>(node: Node<'a, 'a>, name: &'static str) -> String {
    let texts = elements(node, name).flat_map(|element| element.descendants());
    texts.filter(Node::is_text).filter_map(|text| text.text()).collect()
}

#[test]
fn each_state_is_an_element_with_its_name_class_and_docs() {
    let text = DOOR.to_svg();
    let document = Document::parse(&text).unwrap();
    let states: Vec<_> = with_class(&document, "state")
        .map(|state| {
            let attribute = |name| state.attribute(name).unwrap();
            (attribute("id"), attribute("class"), words(state, "text"), words(state, "title"))
        })
        .collect();
    let state = |id, class, name: &str, docs: &str| (id, class, name.to_owned(), docs.to_owned());
    assert_eq!(
        states,
        [
            state("state-Knock", "state start", "Knock", "Once, or twice."),
            state("state-Wait", "state inner", "Wait", ""),
            state("state-Open", "state exit", "Open", ""),
        ]
    );
    assert_eq!(words(document.root_element(), "title"), "Door\n\nOpens <a> & \"b\".\n\nAt night.");
}

#[test]
fn each_transition_is_an_element_with_its_ends_and_its_pattern() {
    let text = DOOR.to_svg();
    let document = Document::parse(&text).unwrap();
    let mut transitions: Vec<_> = with_class(&document, "transition")
        .map(|transition| {
            let attribute = |name| transition.attribute(name).unwrap().to_owned();
            [attribute("data-from"), attribute("data-to"), attribute("class"), words(transition, "text")]
        })
        .collect();
    transitions.sort();
    assert_eq!(
        transitions,
        [
            ["Knock", "Wait", "transition outcome", ""],
            ["Wait", "Knock", "transition outcome", "Never"],
            ["Wait", "Open", "transition catch", "io::Error { .. }"],
            ["Wait", "Open", "transition outcome", "Some(\"日本\")"],
            ["Wait", "Wait", "transition outcome loop", "Later if n < 3 && !is_late(\"\\\" <\", n)"],
        ]
    );
    for transition in with_class(&document, "transition") {
        let paths =
            |class| transition.children().filter(|path| path.attribute("class") == Some(class)).count();
        assert_eq!(paths("head"), 1);
        assert!(paths("line") > 0);
    }
}

#[test]
fn the_start_is_round_and_an_exit_has_two_frames() {
    let text = DOOR.to_svg();
    let document = Document::parse(&text).unwrap();
    let frames = |class| {
        let state = with_class(&document, class).next().unwrap();
        elements(state, "rect").map(|frame| frame.attribute("rx").unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(frames("start"), ["18"]);
    assert_eq!(frames("inner"), ["5"]);
    assert_eq!(frames("exit"), ["0", "0"]);
}

#[test]
fn a_picture_has_no_background_and_styles_nothing_else_of_its_page() {
    let text = DOOR.to_svg();
    let document = Document::parse(&text).unwrap();
    let style = elements(document.root_element(), "style").next().unwrap().text().unwrap();
    for rule in style.lines().filter(|line| !line.is_empty()) {
        assert!(rule.contains(".cano"), "{rule}");
    }
    assert_eq!(elements(document.root_element(), "rect").count(), 0);
}

#[test]
fn a_small_picture_is_this_text() {
    const LAMP: Table = Table::new(
        "Lamp",
        "",
        &[
            TableState::new("Off", "", StateKind::Start, &[], &[], &[outcome("Pressed", "On")]),
            TableState::new("On", "", StateKind::Exit, &[], &[], &[]),
        ],
    );
    let text = LAMP.to_svg();
    let (head, body) = text.split_once("<style>").unwrap();
    let (_, body) = body.split_once("</style>").unwrap();
    assert_eq!(
        head,
        "\
<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"cano\" role=\"img\" width=\"86\" height=\"251\" \
viewBox=\"-42.8 -34 86 251\">
<title>Lamp</title>
"
    );
    assert_eq!(
        body,
        r#"
<text class="name" x="-30.8" y="-7">Lamp</text>
<g class="transition outcome" data-from="Off" data-to="On">
<path class="line" d="M0 46V92"/>
<path class="line" d="M0 113V151"/>
<path class="head" d="M0 159L4 150L-4 150Z"/>
<text><tspan x="0" y="106.5">Pressed</tspan></text>
</g>
<g id="state-Off" class="state start">
<rect class="box" x="-30.8" y="10" width="61.6" height="36" rx="18"/>
<text x="0" y="33">Off</text>
</g>
<g id="state-On" class="state exit">
<rect class="box" x="-26.5" y="159" width="53.1" height="36" rx="0"/>
<rect class="rim" x="-22.5" y="163" width="45.1" height="28" rx="0"/>
<text x="0" y="182">On</text>
</g>
</svg>
"#
    );
}
