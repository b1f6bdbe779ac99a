using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop;

namespace HcsPowerShell;

/// <summary>An image: a named stack of layers, with defaults for the processes in it.</summary>
public sealed class HcsImage : HcsOutput
{
    internal HcsImage(HcsHost host, ImageProperties properties)
        : base(host) => Properties = properties;

    /// <summary>Name with its tag; null for an image without a name.</summary>
    public string? Name => VisibleText.OfName(Properties.Name);

    /// <summary>Digest: <c>sha256:</c> and 64 digits.</summary>
    public string Digest => Properties.Digest;

    /// <summary>The store or the file that it is in.</summary>
    public string Source => Properties.Source;

    /// <summary>windows or linux.</summary>
    public string? OS => VisibleText.OfName(Properties.OS);

    /// <summary>Version of the operating system, for an image of Windows.</summary>
    public Version? OSVersion => Properties.OSVersion;

    /// <summary>Architecture, such as amd64.</summary>
    public string? Architecture => VisibleText.OfName(Properties.Architecture);

    /// <summary>Time of its creation.</summary>
    public DateTimeOffset? Created => Properties.Created;

    /// <summary>Folders of its layers, newest first; empty for an image that is not unpacked on this machine.</summary>
    public IReadOnlyList<string> Layers => Properties.Layers.ToArray();

    /// <summary>Program and first arguments of a process without a command.</summary>
    public IReadOnlyList<string> Entrypoint => Properties.Entrypoint.ToArray();

    /// <summary>Further arguments, or the whole command where there is no entry point.</summary>
    public IReadOnlyList<string> Command => Properties.Command.ToArray();

    /// <summary>Working folder of every process.</summary>
    public string? WorkingDirectory => Properties.WorkingDirectory;

    /// <summary>User of every process.</summary>
    public string? User => Properties.User;

    /// <summary>Names of the environment variables of every process; their values may be secrets.</summary>
    public IReadOnlyList<string> Environment => Properties.Environment.Keys.ToArray();

    /// <summary>Members of its configuration that no host honours: Healthcheck, Volumes, StopSignal.</summary>
    public IReadOnlyList<string> Ignored => Properties.Ignored.ToArray();

    internal ImageProperties Properties { get; }

    /// <inheritdoc/>
    public override string ToString() => Name ?? Digest;
}
