-- A session as somebody at the keyboard has it: open, type, see the mark, apply the action, save.
-- What is seen is written to the file that NDA_LINT_SEEN names; anything that does not come in time is an error.

local seen = {}

local function wait(what, condition)
  if not vim.wait(20000, condition, 20) then
    error("did not come: " .. what)
  end
end

local function codes()
  local found = {}
  for _, mark in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, mark.code or mark.user_data.lsp.code)
  end
  table.sort(found)
  return found
end

local function has(code)
  return vim.tbl_contains(codes(), code)
end

local function keys(text)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(text, true, false, true), "tx", false)
end

local function session()
  vim.cmd("edit " .. vim.env.NDA_LINT_CONTRACT)
  wait("client", function()
    return #vim.tbl_values(vim.lsp.buf_get_clients(0)) == 1
  end)
  wait("first marks", function()
    return #vim.diagnostic.get(0) > 0
  end)
  seen.at_first = codes()

  -- Type a line with the bounds of a range the wrong way round.
  keys("Goliquidated damages: CNY 90,000 to CNY 10,000<Esc>")
  wait("mark of the typed line", function()
    return has("NDA201")
  end)
  for _, mark in ipairs(vim.diagnostic.get(0)) do
    if mark.code == "NDA201" or (mark.user_data and mark.user_data.lsp.code == "NDA201") then
      local line = vim.api.nvim_buf_get_lines(0, mark.lnum, mark.lnum + 1, false)[1]
      seen.marked = line:sub(mark.col + 1, mark.end_col)
      vim.api.nvim_win_set_cursor(0, { mark.lnum + 1, mark.col })
    end
  end

  seen.hover = vim.lsp.buf_request_sync(0, "textDocument/hover", vim.lsp.util.make_position_params(), 20000)

  -- Choose the fix from the menu.
  seen.offered = {}
  vim.ui.select = function(items, options, choose)
    for index, item in ipairs(items) do
      local title = options.format_item(item)
      table.insert(seen.offered, title)
      if title:find("Put the lower bound first", 1, true) then
        choose(item, index)
      end
    end
  end
  vim.lsp.buf.code_action()
  wait("mark to go after the action", function()
    return not has("NDA201") and #seen.offered > 0
  end)

  vim.lsp.buf.document_symbol({ on_list = function() end })
  vim.cmd("write")
  seen.at_last = codes()
end

local fine, problem = xpcall(session, debug.traceback)
seen.problem = not fine and problem or nil
local file = io.open(vim.env.NDA_LINT_SEEN, "w")
file:write(vim.json and vim.json.encode(seen) or vim.fn.json_encode(seen))
file:close()
vim.cmd("qall!")
