using System.Management.Automation;
using HcsPowerShell.Base;
using HcsPowerShell.Completion;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Commands;

/// <summary>Leaves a host. An embedded host ends, with every container in it; the local service continues.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "HcsHost", SupportsShouldProcess = true,
    HelpUri = HelpPages.Address + "Disconnect-HcsHost.md")]
[OutputType(typeof(void))]
public sealed class DisconnectHcsHostCommand : HcsCommand
{
    /// <summary>Sets the default time limit for the end of a host to a minute.</summary>
    public DisconnectHcsHostCommand() => TimeoutSec = Deadline.EndSec;

    /// <summary>Name of the host; by default the one in use.</summary>
    [Parameter(Position = 0)]
    [HostTransformation]
    [ArgumentCompleter(typeof(HostCompleter))]
    public HcsHost[]? Name { get; set; }

    /// <summary>The host to leave, or any object that came from it. -Name takes precedence over it.</summary>
    [Parameter(ValueFromPipeline = true)]
    [Alias("Session")]
    [HostTransformation]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(HostCompleter))]
    public override HcsHost[]? HcsHost { get; set; }

    private protected override bool RunsWhereHostIs => false;

    private protected override bool UsesHosts => false;

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        foreach (HcsHost? named in Name ?? HcsHost ?? new HcsHost?[] { null })
        {
            GuardWithin("disconnect the host", named, deadline =>
            {
                HcsHost host = named switch
                {
                    null => ResolveHost(),
                    { Session: { } session, IsUnused: true } => throw new HostNotFoundException(
                        $"The session to computer '{session.Computer}' is not connected as a host."),
                    _ => RequireHere(named),
                };
                if (Approve($"host '{host.Name}'", host.Kind == HostKind.Embedded ? "End, with its containers" : "Leave"))
                {
                    Await(deadline.WaitAsync(HcsHosts.RemoveAsync(host), "the host goes on ending"));
                }
            });
        }
    }
}
