using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Base;

/// <summary>One command for a host behind a session.</summary>
/// <param name="host">The host.</param>
/// <param name="arguments">The arguments of the command.</param>
internal sealed class HostCall(HcsHost host, Dictionary<string, object?> arguments)
{
    /// <summary>The host.</summary>
    public HcsHost Host => host;

    /// <summary>The arguments of the command.</summary>
    public Dictionary<string, object?> Arguments => arguments;

    /// <summary>The pipeline input of the command; empty for a command without input.</summary>
    public List<object> Input { get; } = [];

    /// <summary>The first file that an argument or an input object names; null when there is none.</summary>
    public string? FileOfHere =>
        arguments.Where(argument => argument.Key is "Path" or "LiteralPath")
            .SelectMany(argument => (argument.Value as IEnumerable<object?>) ?? [argument.Value])
            .Concat(arguments.Values.Concat(Input).Where(value => value.Unwrap() is FileSystemInfo))
            .Select(value => value?.ToString())
            .FirstOrDefault();
}
