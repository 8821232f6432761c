;; Is composed of two components, of which one calls the other across their boundary; `run` fails unless the sum is right.
(component
  (component $Adder
    (core module $Add (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
    (core instance $add (instantiate $Add))
    (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $add "add"))))
  (component $Runner
    (import "add" (func $add (param "a" u32) (param "b" u32) (result u32)))
    (core func $lowered (canon lower (func $add)))
    (core module $Main
      (import "adder" "add" (func $add (param i32 i32) (result i32)))
      (func (export "run") (result i32) (i32.ne (call $add (i32.const 40) (i32.const 2)) (i32.const 42))))
    (core instance $main (instantiate $Main (with "adder" (instance (export "add" (func $lowered))))))
    (func (export "run") (result (result)) (canon lift (core func $main "run"))))
  (instance $adder (instantiate $Adder))
  (instance $runner (instantiate $Runner (with "add" (func $adder "add"))))
  (instance $exports (export "run" (func $runner "run")))
  (export "wasi:cli/run@0.2.0" (instance $exports))
)
