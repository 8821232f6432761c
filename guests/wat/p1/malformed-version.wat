;; Is of a version of WebAssembly that does not exist.
(module binary "\00asm\09\00\00\00")
