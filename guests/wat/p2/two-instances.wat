;; Instantiates one core module twice; `run` fails unless each instance has a state of its own.
(component
  (core module $Counter
    (global $count (mut i32) (i32.const 0))
    (memory (export "memory") 1)
    (func (export "next") (result i32)
      (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
      (global.set $count (i32.add (global.get $count) (i32.const 1)))
      (i32.add (i32.mul (global.get $count) (i32.const 16)) (i32.load (i32.const 0)))))
  (core instance $one (instantiate $Counter))
  (core instance $other (instantiate $Counter))
  (core module $Main
    (import "one" "next" (func $one (result i32)))
    (import "other" "next" (func $other (result i32)))
    (func (export "run") (result i32)
      (i32.or
        (i32.ne (call $one) (i32.const 0x11))
        (i32.or (i32.ne (call $one) (i32.const 0x22)) (i32.ne (call $other) (i32.const 0x11))))))
  (core instance $main (instantiate $Main (with "one" (instance $one)) (with "other" (instance $other))))
  (func $run (result (result)) (canon lift (core func $main "run")))
  (instance $exports (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $exports))
)
