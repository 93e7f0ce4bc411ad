-- Enters a process, or refreshes what it entered, unless it has entered at another node since.
-- KEYS: hash of its peer id; hash of its name, if it has one
-- ARGV: field, node, its order or '' for a new one, message, lifetime in ms, most processes, most holders of a name
-- Returns a verdict, the order, and the node at which the process was before.
-- A value is node (16 octets), order (16 digits), message.
local field, node, order, message, lifetime = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local before = redis.call('HGET', KEYS[1], field)
local moved = ''
if before and string.sub(before, 1, 16) ~= node then
  if order ~= '' and string.sub(before, 17, 32) > order then
    return {'GONE', '', ''}
  end
  moved = string.sub(before, 1, 16)
end

local function sweep(key)
  local entries = redis.call('HGETALL', key)
  for i = 1, #entries, 2 do
    if redis.call('EXISTS', 'bradawl:recent:' .. string.sub(entries[i + 1], 1, 16)) == 0 then
      redis.call('HDEL', key, entries[i])
    end
  end
end

-- Holders of a name are counted by peer id, the first 32 octets of a field.
local function others(key)
  local ids, count = {}, 0
  for _, other in ipairs(redis.call('HKEYS', key)) do
    local id = string.sub(other, 1, 32)
    if id ~= string.sub(field, 1, 32) and not ids[id] then
      ids[id] = true
      count = count + 1
    end
  end
  return count
end

if order == '' then
  if not before and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[6]) then
    sweep(KEYS[1])
    if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[6]) then
      return {'PROCESSES', '', ''}
    end
  end
  if KEYS[2] and redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[7]) then
    sweep(KEYS[2])
    if others(KEYS[2]) >= tonumber(ARGV[7]) then
      return {'NAME', '', ''}
    end
  end
  -- One clock for all nodes. It goes on where it was when Redis has lost everything, and never goes back.
  local time = redis.call('TIME')
  local last = tonumber(redis.call('GET', 'bradawl:order') or '0')
  local next = math.max(last + 1, time[1] * 1000000 + time[2])
  redis.call('SET', 'bradawl:order', string.format('%.0f', next))
  order = string.format('%016.0f', next)
end
for _, key in ipairs(KEYS) do
  redis.call('HSET', key, field, node .. order .. message)
  redis.call('PEXPIRE', key, lifetime)
end
return {'ENTERED', order, moved}
