-- For tests: writes every message and presence that arrives from another server to the option
-- `lab_record`, a file.
local path = module:get_option_string("lab_record");

local function record(event)
	if event.origin.type == "s2sin" then
		local file = assert(io.open(path, "a"));
		file:write(tostring(event.stanza), "\n");
		file:close();
	end
end

for _, name in ipairs { "message", "presence" } do
	for _, kind in ipairs { "bare", "full", "host" } do
		module:hook(name .. "/" .. kind, record, 1000);
	end
end
