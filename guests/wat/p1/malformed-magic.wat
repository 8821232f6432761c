;; Does not begin as WebAssembly does.
(module binary "\00mas\01\00\00\00")
