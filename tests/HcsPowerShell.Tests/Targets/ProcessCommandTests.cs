using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Targets;

/// <summary>Tests the common behavior of all commands that take processes.</summary>
public sealed class ProcessCommandTests(Session session, OtherSession other) : TargetCommandTests<ProcessCommand>(session, other);
