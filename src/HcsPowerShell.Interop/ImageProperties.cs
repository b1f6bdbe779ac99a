using System;
using System.Collections.Generic;

namespace HcsPowerShell.Interop;

/// <summary>The facts about one image.</summary>
public sealed record ImageProperties
{
    /// <summary>Name with its tag, such as <c>docker.io/library/busybox:1.36</c>; null for an image without a name.</summary>
    public string? Name { get; init; }

    /// <summary>Digest of its manifest or, in the store of Docker, of its configuration: <c>sha256:</c> and 64 digits.</summary>
    public required string Digest { get; init; }

    /// <summary>The store or the file that it is in.</summary>
    public required string Source { get; init; }

    /// <summary>windows or linux.</summary>
    public string? OS { get; init; }

    /// <summary>Version of the operating system, for an image of Windows.</summary>
    public Version? OSVersion { get; init; }

    /// <summary>Architecture by its OCI name, such as amd64.</summary>
    public string? Architecture { get; init; }

    /// <summary>Time of its creation.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>The folders of its layers, newest first; empty for an image that is not unpacked on this machine.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>Program and first arguments of a process without a command.</summary>
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>Further arguments, or the whole command where there is no entry point.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>True when the first element is a whole command line (ArgsEscaped, for images of Windows).</summary>
    public bool ArgsEscaped { get; init; }

    /// <summary>Environment variables of every process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Working folder of every process.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>User of every process.</summary>
    public string? User { get; init; }

    /// <summary>Members of its configuration that no host honours: Healthcheck, Volumes, StopSignal.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];
}
