;; Imports a function that an interface of preview 2 does not have, and never calls it.
(component
  (import "wasi:random/random@0.2.0" (instance $host (export "no-such-function" (func))))
  (core module $Main (func (export "run") (result i32) (i32.const 0)))
  (core instance $main (instantiate $Main))
  (func $run (result (result)) (canon lift (core func $main "run")))
  (instance $exports (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $exports))
)
