//! Panics: none may remain. This handler calls an import that no host has, so a module that could panic fails to build
//! (the build refuses unknown imports), instead of ending silently somewhere.

#[link(wasm_import_module = "wasimeter")]
unsafe extern "C" {
    #[link_name = "a-panic-path-remains"]
    fn a_panic_path_remains() -> !;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    unsafe { a_panic_path_remains() }
}
