;; Has a core module whose data segment lies behind its memory; `run` would succeed.
(component
  (core module $Main
    (memory 1)
    (data (i32.const 65536) "no")
    (func (export "run") (result i32) (i32.const 0)))
  (core instance $main (instantiate $Main))
  (func $run (result (result)) (canon lift (core func $main "run")))
  (instance $exports (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $exports))
)
