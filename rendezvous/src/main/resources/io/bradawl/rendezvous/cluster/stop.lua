-- A node stops: its peers count as lost in a while, but nothing is sent to it any more.
-- ARGV: node
redis.call('DEL', 'bradawl:node:' .. ARGV[1])
return {}
