-- Removes what a process has entered, unless it has entered again since.
-- KEYS: as in enter.lua; ARGV: field, node and order
for _, key in ipairs(KEYS) do
  local entry = redis.call('HGET', key, ARGV[1])
  if entry and string.sub(entry, 1, 32) == ARGV[2] then
    redis.call('HDEL', key, ARGV[1])
  end
end
return {}
