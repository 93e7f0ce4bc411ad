-- All entries of a peer id or a name: 'A' before those of nodes that are there, 'L' before those of nodes that were
-- lost a moment ago, whose peers are on their way to another one. Others are removed.
-- KEYS: one hash
local entries, states, found = redis.call('HGETALL', KEYS[1]), {}, {}
for i = 1, #entries, 2 do
  local node = string.sub(entries[i + 1], 1, 16)
  local state = states[node]
  if not state then
    if redis.call('EXISTS', 'bradawl:node:' .. node) == 1 then
      state = 'A'
    elseif redis.call('EXISTS', 'bradawl:recent:' .. node) == 1 then
      state = 'L'
    else
      state = 'D'
    end
    states[node] = state
  end
  if state == 'D' then
    redis.call('HDEL', KEYS[1], entries[i])
  else
    found[#found + 1] = state .. entries[i + 1]
  end
end
return found
