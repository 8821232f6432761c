;; Imports an interface that no specification knows, and never calls it.
(component
  (import "wasimeter:none/none@0.1.0" (instance $host (export "function" (func))))
  (core module $Main (func (export "run") (result i32) (i32.const 0)))
  (core instance $main (instantiate $Main))
  (func $run (result (result)) (canon lift (core func $main "run")))
  (instance $exports (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $exports))
)
