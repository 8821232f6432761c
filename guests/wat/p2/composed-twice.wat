;; Instantiates one component twice; `run` fails unless each instance counts for itself.
(component
  (component $Counter
    (core module $Count
      (global $count (mut i32) (i32.const 0))
      (func (export "next") (result i32)
        (global.set $count (i32.add (global.get $count) (i32.const 1)))
        (global.get $count)))
    (core instance $count (instantiate $Count))
    (func (export "next") (result u32) (canon lift (core func $count "next"))))
  (instance $one (instantiate $Counter))
  (instance $other (instantiate $Counter))
  (core func $next-one (canon lower (func $one "next")))
  (core func $next-other (canon lower (func $other "next")))
  (core module $Main
    (import "one" "next" (func $one (result i32)))
    (import "other" "next" (func $other (result i32)))
    (func (export "run") (result i32)
      (i32.or
        (i32.ne (call $one) (i32.const 1))
        (i32.or (i32.ne (call $one) (i32.const 2)) (i32.ne (call $other) (i32.const 1))))))
  (core instance $main (instantiate $Main
    (with "one" (instance (export "next" (func $next-one))))
    (with "other" (instance (export "next" (func $next-other))))))
  (func $run (result (result)) (canon lift (core func $main "run")))
  (instance $exports (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $exports))
)
