;; Exports nothing.
(component
  (core module $Main)
  (core instance $main (instantiate $Main))
)
