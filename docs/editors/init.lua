-- Neovim with yaml-language-server and no plugin: `make pictures` draws what it completes.
vim.o.number, vim.o.swapfile, vim.o.ruler, vim.o.showmode, vim.o.laststatus = true, false, false, false, 0
vim.o.completeopt = "menuone,noinsert,noselect"
local client = vim.lsp.start_client({
  cmd = { os.getenv("SERVER"), "--stdio" },
  root_dir = vim.fn.getcwd(),
  settings = { yaml = { schemaStore = { enable = false }, completion = true } },
  on_init = function(it) it.notify("workspace/didChangeConfiguration", { settings = it.config.settings }) end,
})
vim.api.nvim_create_autocmd("BufReadPost", {
  callback = function(event)
    vim.lsp.buf_attach_client(event.buf, client)
    vim.bo[event.buf].omnifunc = "v:lua.vim.lsp.omnifunc"
  end,
})
