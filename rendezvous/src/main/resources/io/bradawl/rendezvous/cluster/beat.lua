-- A node's sign of life.
-- ARGV: node, ms until it counts as lost, ms until its peers count as lost with it
-- Returns '1' if it was known, otherwise '0': what it entered has been swept, or Redis has lost its data; how many
-- listen to its channel; and how many nodes listen to theirs.
local known = redis.call('EXISTS', 'bradawl:recent:' .. ARGV[1])
redis.call('SET', 'bradawl:node:' .. ARGV[1], '', 'PX', ARGV[2])
redis.call('SET', 'bradawl:recent:' .. ARGV[1], '', 'PX', ARGV[3])
local listeners = redis.call('PUBSUB', 'NUMSUB', 'bradawl:to:' .. ARGV[1])
local nodes = redis.call('PUBSUB', 'CHANNELS', 'bradawl:to:*')
return {tostring(known), tostring(listeners[2]), tostring(#nodes)}
