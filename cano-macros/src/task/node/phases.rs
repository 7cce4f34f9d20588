//! The three parts of a node, and how their types meet.

use proc_macro2::TokenStream;
use syn::{ImplItemFn, ItemImpl, ReturnType, Type, parse_quote_spanned};

use crate::mistake::{Mistake, Mistakes, ours};
use crate::task::{
    implementation::{method, no_generics, takes_self},
    params::{Input, Param, Params},
    result::{check_signature, result_type},
};

/// One part, read.
pub(super) struct Phase {
    pub(super) params: Params,
    pub(super) function: ImplItemFn,
    /// What it returns, where that has to be a `Result`.
    pub(super) result: Option<Type>,
}

/// Whether a part may fail.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum MayFail {
    Yes,
    No,
}

/// Reads one part, and takes the marks of its parameters away.
pub(super) fn phase(
    block: &mut ItemImpl,
    name: &str,
    may_fail: MayFail,
    mistakes: &mut Mistakes,
) -> Option<Phase> {
    let function = mistakes.keep(method(block, name, "a node"))?;
    let is_shared = mistakes.keep(takes_self(function));
    let signature = mistakes.keep(check_signature(&function.sig, "the node's"));
    let is_plain = mistakes.keep(no_generics(function));
    let result = match may_fail {
        MayFail::Yes => mistakes.keep(result_type(&function.sig, "the node's").map(Some)),
        MayFail::No => Some(None),
    };
    let params = mistakes.keep(Params::new(function.sig.inputs.iter_mut()))?;
    let (result, (), (), ()) = (result?, is_shared?, signature?, is_plain?);
    Some(Phase { params, function: function.clone(), result })
}

impl Phase {
    /// What it returns, at the name where that is not written.
    pub(super) fn returns(&self) -> Type {
        match &self.function.sig.output {
            ReturnType::Default => parse_quote_spanned!(ours(self.function.sig.ident.span())=> ()),
            ReturnType::Type(_, ty) => (**ty).clone(),
        }
    }

    /// The arguments of the call: `from_before` for the parameter that takes what the part before yields, the node's
    /// inputs by their names, and else as everywhere.
    pub(super) fn arguments(
        &self,
        inputs: &Params,
        from_before: &[TokenStream],
    ) -> syn::Result<Vec<TokenStream>> {
        let name = &self.function.sig.ident;
        let lent_to = |own: &Input| {
            let own = own.name.as_ref()?;
            inputs.inputs().find(|input| input.name.as_ref() == Some(own))
        };
        // A name of an input is the input, unless there would be too few for what the part before yields.
        let others = self.params.inputs().filter(|own| lent_to(own).is_none()).count();
        let mut missing = from_before.len().saturating_sub(others);
        let mut from_before = from_before.iter();
        let mut arguments = Vec::new();
        for param in &self.params.all {
            let Param::Input(own) = param else {
                arguments.push(param.argument());
                continue;
            };
            let lent = if missing > 0 { None } else { lent_to(own) };
            if lent_to(own).is_some() {
                missing = missing.saturating_sub(1);
            }
            arguments.push(match (lent, from_before.as_slice()) {
                (Some(lent), _) => own.argument_from(lent),
                (None, [first, ..]) => {
                    from_before.next();
                    own.argument_of(first)
                }
                (None, []) => {
                    return Err(Mistake::at(own.written(), format!("nothing gives `{name}` this parameter"))
                        .help("add it to the parameters of `prep` if a row lends it")
                        .into());
                }
            });
        }
        if !from_before.as_slice().is_empty() {
            let (before, what) = match name.to_string().as_str() {
                "post" => ("exec", "result"),
                "exec" => ("prep", "prepared"),
                _ => ("exec", "prepared, error"),
            };
            return Err(Mistake::at(name, format!("`{name}` does not take what `{before}` yields"))
                .help(format!("add a parameter for it, as in `async fn {name}(&self, {what}: ..)`"))
                .into());
        }
        Ok(arguments)
    }
}
