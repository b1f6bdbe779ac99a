using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Targets;

/// <summary>What every command that takes processes has in common.</summary>
public sealed class ProcessCommandTests(Session session) : TargetCommandTests<ProcessCommand>(session);
