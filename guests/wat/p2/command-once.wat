;; Traps when `run` is called a second time in one instance.
(component
  (core module $Main
    (global $calls (mut i32) (i32.const 0))
    (func (export "run") (result i32)
      (if (global.get $calls) (then unreachable))
      (global.set $calls (i32.const 1))
      (i32.const 0)))
  (core instance $main (instantiate $Main))
  (func $run (result (result)) (canon lift (core func $main "run")))
  (instance $exports (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $exports))
)
