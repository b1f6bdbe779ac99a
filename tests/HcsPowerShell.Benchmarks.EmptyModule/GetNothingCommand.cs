using System.Management.Automation;

namespace HcsPowerShell.Benchmarks.EmptyModule;

/// <summary>The one command of the module.</summary>
[Cmdlet(VerbsCommon.Get, "Nothing")]
public sealed class GetNothingCommand : PSCmdlet;
