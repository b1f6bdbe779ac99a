using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.VirtualDisks;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Base;

/// <summary>
/// A command that changes the rights of virtual machines on files: on all files that it is given, or on none. A
/// differencing disk stands for its parents too.
/// </summary>
public abstract class HcsVMAccessCommand : HcsCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string GroupPathSet = "GroupPath";
    private const string GroupLiteralPathSet = "GroupLiteralPath";

    private static readonly TimeSpan s_undoLimit = TimeSpan.FromSeconds(10);

    private readonly List<string> _files = [];
    private bool _hasFailed;

    private protected HcsVMAccessCommand()
    {
    }

    /// <summary>The id of the virtual machine. It need not exist yet.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet)]
    [ContainerIdTransformation]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string Id { get; set; } = string.Empty;

    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = GroupPathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The files, by their exact paths.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = GroupLiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>All virtual machines of the host, instead of one; since Windows 10 2004 and Windows Server 2022.</summary>
    [Parameter(Mandatory = true, ParameterSetName = GroupPathSet)]
    [Parameter(Mandatory = true, ParameterSetName = GroupLiteralPathSet)]
    [NotBlank]
    public SwitchParameter Group { get; set; }

    internal sealed override bool SharesInput => true;

    /// <summary>The action, as a confirmation names it.</summary>
    private protected abstract string Action { get; }

    /// <summary>The attempt, as in "Cannot {grant virtual machine 'web' access to 'D:\\app.vhdx'}".</summary>
    private protected abstract string Attempt(string file);

    private protected abstract Task ChangeAsync(IMachineService machines, string? id, string file, CallOptions options);

    private protected abstract Task UndoAsync(IMachineService machines, string? id, string file, CallOptions options);

    /// <summary>The machine, as messages name it.</summary>
    private protected string Machine => Group ? "all virtual machines" : $"virtual machine '{Id}'";

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        bool isLiteral = ParameterSetName is LiteralPathSet or GroupLiteralPathSet;
        foreach (string path in isLiteral ? LiteralPath : Path)
        {
            bool isRead = false;
            Guard(Attempt(path), path, () =>
            {
                IReadOnlyList<string> files = isLiteral
                    ? [TypedPaths.OfDisks.Literal(SessionState.Path, path)]
                    : TypedPaths.OfDisks.Matching(SessionState.Path, path);
                if (files.Count == 0)
                {
                    throw new VirtualDiskException(VirtualDiskProblem.NotFound, path, $"No file matches '{path}'.");
                }

                Take(files.SelectMany(ChainOf));
                isRead = true;
            });
            _hasFailed |= !isRead;
        }
    }

    /// <inheritdoc/>
    private protected override void EndHere()
    {
        if (!_hasFailed && _files.Count > 0)
        {
            string? id = Group ? null : Id;
            GuardWithin(Attempt(_files[0]), Id, deadline =>
            {
                foreach (HcsHost host in HostsOfId())
                {
                    Change(host.Service.Machines, id, deadline);
                }
            });
        }

        base.EndHere();
    }

    private IEnumerable<HcsHost> HostsOfId() => NamedObject.Of(Id) is { } named ? [RequireHere(named.Host)] : HostsHere();

    // The disk of a machine that runs is in use, and cannot be read.
    private IEnumerable<string> ChainOf(string file)
    {
        try
        {
            return VirtualDiskChain.Of(file);
        }
        catch (IOException e)
        {
            WriteWarning($"The parents of '{file}' are left out, if it has any: {e.Message}");
            return [file];
        }
    }

    private void Take(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            if (!_files.Contains(file) && Approve(file, $"{Action} {Machine}"))
            {
                _files.Add(file);
            }
        }
    }

    private void Change(IMachineService machines, string? id, Deadline deadline)
    {
        Stack<string> changed = [];
        foreach (string file in _files)
        {
            bool isDone = false;
            try
            {
                Guard(Attempt(file), file, () =>
                {
                    Await(ChangeAsync(machines, id, file, deadline));
                    isDone = true;
                });
            }
            finally
            {
                if (!isDone)
                {
                    Undo(machines, id, changed, deadline);
                }
            }

            if (!isDone)
            {
                return;
            }

            changed.Push(file);
        }
    }

    private void Undo(IMachineService machines, string? id, Stack<string> changed, Deadline deadline)
    {
        foreach (string file in changed)
        {
            try
            {
                UndoAsync(machines, id, file, deadline.ToCleanUp(s_undoLimit)).GetAwaiter().GetResult();
            }
            catch (HcsException e)
            {
                WriteWarning($"What was done to '{file}' is not undone: {HcsErrors.Reason(e)}");
            }
        }
    }
}
