-- What Argo CD says about an EsCluster, a SpotFleet or an EtlPipeline. A cluster that restarts node by node is Progressing and
-- not Degraded: it serves all the while.
local health = {status = "Progressing", message = "Waiting until Caretaker has looked at it"}

if obj.status == nil or obj.status.conditions == nil then
  return health
end
if obj.status.observedGeneration ~= obj.metadata.generation then
  health.message = "Waiting until Caretaker has seen the latest spec"
  return health
end

local conditions = {}
for _, each in ipairs(obj.status.conditions) do
  conditions[each.type] = each
end
local function is(type, status)
  return conditions[type] ~= nil and conditions[type].status == status
end
local function say(status, type)
  return {status = status, message = conditions[type].message}
end

if is("SpecValid", "False") then
  return say("Degraded", "SpecValid")
end
if is("Stalled", "True") then
  return say("Degraded", "Stalled")
end
if is("Paused", "True") then
  return say("Suspended", "Paused")
end
-- A person who was asked for an approval knows what to do.
if is("Reconciling", "True") and conditions.Reconciling.reason == "PlanIsApproved" then
  return say("Suspended", "Reconciling")
end
-- So is one who stopped a pipeline; how long its messages are kept is in BacklogSafe.
if is("Ready", "False") and conditions.Ready.reason == "Stopped" then
  return say("Suspended", "Ready")
end
if is("Reconciling", "True") then
  return say("Progressing", "Reconciling")
end
if is("Ready", "True") then
  return say("Healthy", "Ready")
end
if is("Ready", "False") then
  return say("Degraded", "Ready")
end
return health
