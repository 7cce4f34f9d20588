//! Programs that `cano` accepts (`pass/`) and refuses (`fail/`, with the messages in `.stderr`).
