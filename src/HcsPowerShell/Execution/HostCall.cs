using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Execution;

/// <summary>One command for a host behind a session.</summary>
/// <param name="host">The host.</param>
/// <param name="command">The name of the command.</param>
/// <param name="arguments">The arguments of the command.</param>
internal sealed class HostCall(HcsHost host, string command, Dictionary<string, object?> arguments)
{
    private readonly List<object> _gathered = [];
    private readonly TaskCompletionSource<bool> _inputEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The host.</summary>
    public HcsHost Host => host;

    /// <summary>The name of the command.</summary>
    public string Command { get; set; } = command;

    /// <summary>The arguments of the command.</summary>
    public Dictionary<string, object?> Arguments => arguments;

    /// <summary>The pipeline input of the command, as far as it was sent.</summary>
    public PSDataCollection<object> Input { get; } = [];

    /// <summary>Completes at the end of the input.</summary>
    public Task InputEnd => _inputEnd.Task;

    /// <summary>Takes what the command writes in place of the pipeline; null for the pipeline.</summary>
    public Action<object>? Receive { get; set; }

    /// <summary>False when the command may not go, which has been said; null before it was asked.</summary>
    public bool? MayGo { get; set; }

    /// <summary>The first file that an argument or an input object names; null when there is none.</summary>
    public string? FileOfHere =>
        arguments.Where(argument => argument.Key is "Path" or "LiteralPath")
            .SelectMany(argument => (argument.Value as IEnumerable<object?>) ?? [argument.Value])
            .Concat(arguments.Values.Concat(_gathered).Where(value => value.Unwrap() is FileSystemInfo))
            .Select(value => value?.ToString())
            .FirstOrDefault();

    /// <summary>Takes input objects, which are sent by <see cref="Send"/>.</summary>
    public void Gather(IEnumerable<object> input) => _gathered.AddRange(input);

    /// <summary>Sends what was gathered; a command that may not go gets nothing.</summary>
    public void Send()
    {
        foreach (object input in MayGo == true ? _gathered : [])
        {
            Input.Add(input);
        }

        _gathered.Clear();
    }

    /// <summary>Drops what was gathered.</summary>
    public void Drop() => _gathered.Clear();

    /// <summary>Ends the input.</summary>
    public void End()
    {
        Input.Complete();
        _inputEnd.TrySetResult(true);
    }
}
