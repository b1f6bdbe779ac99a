using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Faults;
using HcsPowerShell.Interop.Local;

namespace HcsPowerShell.Commands;

/// <summary>Chooses the host that this runspace uses, and creates an embedded host when it does not exist.</summary>
[Cmdlet(VerbsCommunications.Connect, "HcsHost", SupportsShouldProcess = true, DefaultParameterSetName = EmbeddedSet,
    HelpUri = HelpPages.Address + "Connect-HcsHost.md")]
[OutputType(typeof(HcsHost))]
public sealed class ConnectHcsHostCommand : HcsCommand
{
    private const string EmbeddedSet = "Embedded";
    private const string LocalSet = "Local";
    private const string SessionSet = "Session";

    /// <summary>A host inside this PowerShell process; its containers end with the process.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EmbeddedSet)]
    [NotBlank]
    public SwitchParameter Embedded { get; set; }

    /// <summary>
    /// Name of the embedded host, to use several at the same time; or of the host behind the session, by default the name
    /// of its computer.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = EmbeddedSet)]
    [Parameter(ParameterSetName = SessionSet)]
    [ArgumentCompleter(typeof(HostCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>
    /// The isolation of the embedded host. By default Oci (containers of runc) when the machine has everything that
    /// this needs, otherwise Process (ordinary processes).
    /// </summary>
    [Parameter(ParameterSetName = EmbeddedSet)]
    [NotBlank]
    public EmbeddedIsolation Isolation { get; set; }

    /// <summary>
    /// Rules by which the host fails, to test how a script handles failures: hashtables or typed FaultRule objects.
    /// Each rule has Operation, Nth (the number of the call; without it, every call) and one of HResult (optionally
    /// with a ResultDocument), DelaySec, LostNotification, LateNotificationSec, RepeatedNotification, Answer and
    /// ServiceDisconnect. On an existing host, it replaces the earlier plan; an empty list ends all faults.
    /// </summary>
    [Parameter(ParameterSetName = EmbeddedSet)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(FaultPlanCompleter))]
    public object[]? FaultPlan { get; set; }

    /// <summary>The Host Compute Service of this Windows.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LocalSet)]
    [NotBlank]
    public SwitchParameter Local { get; set; }

    /// <summary>
    /// The library of Windows for all systems; by default, each system uses the library that it needs.
    /// </summary>
    [Parameter(ParameterSetName = LocalSet)]
    [NotBlank]
    public LocalApi Api { get; set; }

    /// <summary>
    /// PowerShell sessions to other computers. Each becomes a host, which commands use where -HcsHost names it: the host of
    /// this session stays chosen.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = SessionSet)]
    [ValidateNotNullOrEmpty]
    public PSSession[] Session { get; set; } = [];

    /// <summary>Writes the host to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// An existing host to choose again: its name, its object, or any object that came from it. It takes precedence
    /// over -Name.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [HostTransformation]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(HostCompleter))]
    public override HcsHost[]? HcsHost { get; set; }

    private protected override bool RunsWhereHostIs => false;

    private protected override int? MostAtOnce => ThrottleLimit;

    private HcsHost? Again => HcsHost?.FirstOrDefault();

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        if (ParameterSetName == SessionSet)
        {
            ConnectSessions();
            return;
        }

        HostKind kind = Local ? HostKind.Local : HostKind.Embedded;
        string name = Again?.Name ?? Name ?? DefaultName(kind);
        GuardWithin($"connect host '{name}'", name, deadline =>
        {
            _ = Again is null ? null : RequireHere(Again);
            IReadOnlyList<FaultRule>? plan = ReadFaultPlan();
            if (Approve($"host '{name}'", "Connect"))
            {
                Connect(kind, name, plan, deadline);
            }
        });
    }

    private void ConnectSessions()
    {
        if (Name is not null && Session.Length > 1)
        {
            ThrowTerminatingError(HcsErrors.InvalidConfiguration(
                new DocumentProblem("Name", "several hosts cannot have one name; connect them one by one, or leave it out."),
                "connect the sessions",
                Name));
        }

        foreach (PSSession one in Session)
        {
            var session = new HostSession(one);
            string name = Name ?? session.Computer;
            if (Approve($"host '{name}' on computer '{session.Computer}'", "Connect"))
            {
                bool passes = PassThru;
                Dispatch($"connect host '{name}' on computer '{session.Computer}'", name, async (output, deadline) =>
                {
                    HcsHost host = await HostConnection.MakeAsync(session, name, output, deadline.Stop).ConfigureAwait(false);
                    if (passes)
                    {
                        output.Object(host);
                    }
                });
            }
        }

        BeginApproved();
    }

    // A host that is limited to one library or isolation is another host than the one that is not.
    private string DefaultName(HostKind kind) =>
        HcsPowerShell.HcsHost.DefaultName(kind)
        + (Api == LocalApi.Automatic ? string.Empty : "-" + Api.ToString().ToLowerInvariant())
        + (Isolation == EmbeddedIsolation.Best ? string.Empty : "-" + Isolation.ToString().ToLowerInvariant());

    // Null when the user gives no plan: a host keeps its plan.
    private IReadOnlyList<FaultRule>? ReadFaultPlan()
    {
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(FaultPlan)))
        {
            return null;
        }

        IReadOnlyList<FaultRule> plan = FaultRules.Read(FaultPlan ?? []);
        HostComposition.CheckFaultPlan(plan);
        return plan;
    }

    private void Connect(HostKind kind, string name, IReadOnlyList<FaultRule>? plan, Deadline deadline)
    {
        bool isNew = !HcsHosts.All.Any(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        HcsHost host = HcsHosts.GetOrAdd(kind, name, Api, Isolation);
        if (host.Kind != kind)
        {
            throw new HostNotFoundException($"The name '{name}' belongs to the {host.Kind} host.");
        }

        try
        {
            // The fault plan does not affect the connection itself, and does not count it.
            SetFaultPlan(host, plan is null ? null : []);
            host.Properties = Await(host.Service.GetPropertiesAsync(deadline));
            SetFaultPlan(host, plan);
        }
        catch (HcsException) when (isNew)
        {
            _ = HcsHosts.RemoveAsync(host);
            throw;
        }

        if (Isolation != EmbeddedIsolation.Best && host.Isolation != Isolation.ToString())
        {
            throw new HostNotFoundException($"The host '{name}' has isolation {host.Isolation}.");
        }

        HcsHosts.Choose(host);
        if (PassThru)
        {
            WriteObject(host);
        }
    }

    private static void SetFaultPlan(HcsHost host, IReadOnlyList<FaultRule>? plan)
    {
        if (plan is not null && host.Service is IFaultInjection injection)
        {
            injection.FaultPlan = plan;
        }
    }
}
