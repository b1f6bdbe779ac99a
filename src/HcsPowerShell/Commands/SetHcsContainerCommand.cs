using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Documents;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>Adds, removes or changes a resource of running containers (hcsshim <c>Modify</c>).</summary>
[Cmdlet(VerbsCommon.Set, "HcsContainer", SupportsShouldProcess = true, DefaultParameterSetName = IdSet,
    HelpUri = HelpPages.Address + "Set-HcsContainer.md")]
[OutputType(typeof(HcsContainer), typeof(Job))]
public sealed class SetHcsContainerCommand : HcsContainerCommand
{
    private string _request = string.Empty;
    private string _action = string.Empty;
    private string _resource = string.Empty;

    /// <summary>Sets the default time limit to that of every change of a container.</summary>
    public SetHcsContainerCommand() => TimeoutSec = Deadline.ChangeSec;

    /// <summary>Kind of the resource, for a container of schema 1.</summary>
    [Parameter]
    [ValidateSet("Network", "MappedVirtualDisk")]
    public string? ResourceType { get; set; }

    /// <summary>The action on the resource; use it together with -ResourceType.</summary>
    [Parameter]
    [ValidateSet("Add", "Remove")]
    public string? RequestType { get; set; }

    /// <summary>
    /// The resource: for Network the id of the endpoint, for MappedVirtualDisk a hashtable or a typed
    /// MappedVirtualDisk.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public object? Settings { get; set; }

    /// <summary>
    /// A whole ModifySettingRequest, for a container of schema 2: JSON text, a hashtable or a typed document with
    /// ResourcePath, RequestType and Settings.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public object? Request { get; set; }

    /// <summary>Writes the container to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Runs in the background and returns a job with one child for each container.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter AsJob { get; set; }

    private protected override string Verb => "change";

    private protected override bool WantsJob => AsJob;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            (_request, _action, _resource) = Request is null ? BuildSchema1() : BuildSchema2(Request);
        }
        catch (HcsDocumentException e)
        {
            ThrowTerminatingError(HcsErrors.InvalidConfiguration(
                new DocumentProblem(e.Path, e.Reason), "change a container", Request ?? Settings, e));
        }

        WriteVerboseDocument(
            _request, Request is null ? typeof(ResourceModificationRequestResponse) : typeof(ModifySettingRequest));
    }

    private protected override void Process(ContainerTarget target)
    {
        if (Approve(target, _action))
        {
            Guard(Attempt(target), target.Id, () =>
            {
                UnenforcedMembers.WarnOfChange(this, target.Host, target.Id, _resource);
                Dispatch(Attempt(target), target.Id, (output, deadline) => ChangeAsync(target, output, deadline));
            });
        }
    }

    private (string Request, string Action, string Resource) BuildSchema1()
    {
        var request = new ResourceModificationRequestResponse
        {
            ResourceType = Require(ResourceType, nameof(ResourceType)),
            RequestType = Require(RequestType, nameof(RequestType)),
            Settings = ReadSettings(Require(Settings, nameof(Settings))),
        };
        return (HcsJson.Write(Checked(request)), $"{request.RequestType} {request.ResourceType}", request.ResourceType);
    }

    private (string Request, string Action, string Resource) BuildSchema2(object given)
    {
        if (ResourceType is not null || RequestType is not null || Settings is not null)
        {
            throw new HcsDocumentException(
                nameof(Request), "it is a whole request; ResourceType, RequestType and Settings do not go with it");
        }

        ModifySettingRequest request = DocumentReader.Read<ModifySettingRequest>(given);
        string path = Require(request.ResourcePath, nameof(request.ResourcePath));
        return (HcsJson.Write(Checked(request)), $"{request.RequestType ?? "Change"} {path}", path);
    }

    /// <summary>Text is the id of an endpoint, but JSON text is the resource itself.</summary>
    private static RawJson ReadSettings(object settings) =>
        DocumentReader.Plain(settings) is string text && ConfigurationText.IsDocument(text)
            ? RawDocument.Read(text, nameof(Settings))
            : new RawJson(DocumentText.From(settings));

    private static T Checked<T>(T request)
        where T : HcsDocument =>
        TextRules.Check(request).FirstOrDefault() is { } problem
            ? throw new HcsDocumentException(problem.Path, problem.Message)
            : request;

    private static T Require<T>(T? value, string member)
        where T : class =>
        value is null or "" ? throw new HcsDocumentException(member, "it is required to change a resource") : value;

    private async Task ChangeAsync(ContainerTarget target, ICommandOutput output, Deadline deadline)
    {
        using ContainerLease lease = await target.OpenAsync(deadline).ConfigureAwait(false);
        await lease.Container.ModifyAsync(_request, deadline).ConfigureAwait(false);
        if (PassThru)
        {
            output.Object(await target.DescribeAsync(lease.Container, output, deadline).ConfigureAwait(false));
        }
    }
}
