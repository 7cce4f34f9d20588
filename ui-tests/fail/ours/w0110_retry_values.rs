use cano::prelude::*;

#[task(retry = exponential())]
async fn without_retries() -> CanoResult<()> { Ok(()) }

#[task(retry = exponential(3, within = "0s"), timeout = "0s")]
async fn without_time() -> CanoResult<()> { Ok(()) }

#[task(retry = fixed(3, "1s", within = "0ms"))]
async fn without_time_either() -> CanoResult<()> { Ok(()) }

#[task(retry = exponential(3, base))]
async fn without_a_value() -> CanoResult<()> { Ok(()) }

#[task(retry = exponential(3, jitter 0.1))]
async fn without_a_sign() -> CanoResult<()> { Ok(()) }

fn main() {}
