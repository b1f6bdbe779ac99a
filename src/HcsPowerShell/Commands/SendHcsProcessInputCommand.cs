using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Processes;
using HcsPowerShell.Targets;

namespace HcsPowerShell.Commands;

/// <summary>
/// Writes to the standard input of processes that this session started (hcsshim <c>Stdio</c>, <c>CloseStdin</c>).
/// </summary>
[Cmdlet(VerbsCommunications.Send, "HcsProcessInput", SupportsShouldProcess = true,
    DefaultParameterSetName = ProcessSet,
    HelpUri = HelpPages.Address + "Send-HcsProcessInput.md")]
[OutputType(typeof(HcsProcess))]
public sealed class SendHcsProcessInputCommand : HcsProcessCommand
{
    private readonly List<(ProcessTarget Target, Stream Input)> _targets = [];
    private ProcessInput? _input;

    /// <summary>The processes, as objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ProcessSet)]
    [ValidateNotNullOrEmpty]
    [TargetTransformation(typeof(HcsProcess))]
    [ArgumentCompleter(typeof(SharedPositionCompleter))]
    public override HcsProcess[] Process { get; set; } = [];

    /// <summary>The id of the container that the processes run in.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet)]
    [ContainerIdTransformation]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    [ValidateNotNullOrEmpty]
    public override string ContainerId { get; set; } = string.Empty;

    /// <summary>Process ids inside the container.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = IdSet)]
    [Alias("Pid")]
    [FromHere("Process")]
    [ArgumentCompleter(typeof(ProcessIdCompleter))]
    [ValidateNotNullOrEmpty]
    [NotBlank]
    public override uint[] ProcessId { get; set; } = [];

    /// <summary>
    /// The input to write: bytes unchanged, each string as a line, any other object as native commands get it.
    /// </summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ParameterSetName = ProcessSet)]
    [Parameter(Position = 2, ValueFromPipeline = true, ParameterSetName = IdSet)]
    [AllowNull]
    [AllowEmptyString]
    public object? InputObject { get; set; }

    /// <summary>Encoding of text; by default UTF-8.</summary>
    [Parameter]
    [EncodingTransformation]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public Encoding Encoding { get; set; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Closes standard input after the last input, so that the process reads the end of its input.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter Close { get; set; }

    /// <summary>Writes the processes to the pipeline.</summary>
    [Parameter]
    [NotBlank]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Returns the parameter for completion alone: piped objects are input.</summary>
    public override object? GetDynamicParameters() => MyInvocation.ExpectingInput ? null : base.GetDynamicParameters();

    internal override bool SharesInput => true;

    private protected override string Verb => "send input to";

    private bool HasInput => MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));

    /// <inheritdoc/>
    private protected override void BeginHere()
    {
        base.BeginHere();
        OnEachHost(() =>
        {
            foreach (ProcessTarget target in Targets)
            {
                Act(target);
            }
        });
    }

    /// <inheritdoc/>
    private protected override void ProcessHere()
    {
        if (HasInput)
        {
            _input ??= new ProcessInput(Encoding);
            Guard($"{Verb} processes", InputObject, () => Write(_input.Add(InputObject)));
        }
    }

    /// <inheritdoc/>
    private protected override void EndHere()
    {
        Write(_input?.End() ?? []);
        if (Close)
        {
            ForEachTarget((target, _, deadline) => Await(target.Tracked!.Handle.CloseStdinAsync(deadline)));
        }

        foreach ((ProcessTarget target, _) in _targets)
        {
            if (PassThru)
            {
                WriteObject(target.Describe());
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _input?.Dispose();
        base.Dispose(disposing);
    }

    private protected override void Act(ProcessTarget target) => Guard(Attempt(target), target.ProcessId, () =>
    {
        Stream input = ProcessPipes.RequireInput(target);
        if (Approve(target, HasInput ? "Send input" : "Close the input"))
        {
            _targets.Add((target, input));
        }
    });

    private void Write(IEnumerable<byte[]> pieces)
    {
        foreach (byte[] bytes in pieces)
        {
            ForEachTarget((target, input, deadline) => Await(WriteAsync(target, input, bytes, deadline)));
        }
    }

    /// <summary>A target that fails is one error, and gets no more input.</summary>
    private void ForEachTarget(Action<ProcessTarget, Stream, Deadline> act) =>
        _targets.RemoveAll(entry =>
        {
            bool failed = true;
            GuardWithin(Attempt(entry.Target), entry.Target.ProcessId, deadline =>
            {
                act(entry.Target, entry.Input, deadline);
                failed = false;
            });
            return failed;
        });

    private static async Task WriteAsync(ProcessTarget target, Stream input, byte[] bytes, Deadline deadline)
    {
        // The exit closes the pipe a moment after the exit is known.
        RequireRunning(target);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(deadline.Stop);
        try
        {
            await deadline.WaitAsync(
                input.WriteAsync(bytes, 0, bytes.Length, over.Token), "it does not read its standard input")
                .ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            over.Cancel();
            throw;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            await LetExitBeSeenAsync(target).ConfigureAwait(false);
            RequireRunning(target);
            throw e is IOException
                ? new ProcessPipeException(
                    "it no longer reads its standard input.", "Look at its output: it may have closed its input.")
                : new ProcessPipeException("its standard input is closed.", "Send all input before -Close.");
        }
    }

    private static void RequireRunning(ProcessTarget target)
    {
        if (target.Tracked!.Status is not null)
        {
            throw new HcsException(nameof(IProcess.GetStdioAsync), HResult.ProcessAlreadyStopped, target.ContainerId);
        }
    }

    // A broken or closed pipe is often the first sign of an exit that is reported a moment later.
    private static Task LetExitBeSeenAsync(ProcessTarget target) =>
        Task.WhenAny(target.Tracked!.Exited, Task.Delay(TimeSpan.FromMilliseconds(200)));
}
