function request() return wrk.format("GET","/v1/similar?like=w0032538&k=100") end
local threads={}
function setup(t) table.insert(threads,t) end
function init() times="" n=0 end
function response(s,h,b) times=times..(string.match(b,'"took_ms" ?: ?([%d.]+)') or "").." " ; n=#b end
function done(su,l,r) local t={} for _,th in ipairs(threads) do n=th:get("n") for x in string.gmatch(th:get("times"),"[%d.]+") do t[#t+1]=tonumber(x) end end table.sort(t)
 local m=t[math.ceil(#t/2)] or 0
 print(string.format("p50 %.3f took %.3f own %.3f bytes %d", l:percentile(50)/1000, m, l:percentile(50)/1000-m,n)) end
