;; Is composed of two components, of which the one that is called traps.
(component
  (component $Trapping
    (core module $Trap (func (export "trap") unreachable))
    (core instance $trap (instantiate $Trap))
    (func (export "trap") (canon lift (core func $trap "trap"))))
  (instance $trapping (instantiate $Trapping))
  (core func $lowered (canon lower (func $trapping "trap")))
  (core module $Main
    (import "trapping" "trap" (func $trap))
    (func (export "run") (result i32) (call $trap) (i32.const 0)))
  (core instance $main (instantiate $Main (with "trapping" (instance (export "trap" (func $lowered))))))
  (func $run (result (result)) (canon lift (core func $main "run")))
  (instance $exports (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $exports))
)
