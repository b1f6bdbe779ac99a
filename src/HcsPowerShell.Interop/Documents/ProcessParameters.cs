using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Schema 2 document that starts a process (HCS <c>ProcessParameters</c>).</summary>
[SinceSchema(2, 0)]
public sealed class ProcessParameters : CompositeDocument
{
    /// <summary>Path of the executable; when set, <see cref="CommandLine"/> still begins with argument 0.</summary>
    public string? ApplicationName { get; set; }

    /// <summary>Command line, passed on verbatim.</summary>
    public string? CommandLine { get; set; }

    /// <summary>Arguments one by one, for Linux containers.</summary>
    public string[]? CommandArgs { get; set; }

    /// <summary>User the process runs as.</summary>
    public string? User { get; set; }

    /// <summary>Working folder inside the container.</summary>
    public string? WorkingDirectory { get; set; }

    /// <summary>Environment variables to add. Values are secret: never logged.</summary>
    [JsonConverter(typeof(SortedMapConverter))]
    public Dictionary<string, string>? Environment { get; set; }

    /// <summary>Runs with a token of low privilege.</summary>
    public bool RestrictedToken { get; set; }

    /// <summary>Gives the process a console; standard error is then merged into standard output.</summary>
    public bool EmulateConsole { get; set; }

    /// <summary>Asks for a pipe to standard input.</summary>
    public bool CreateStdInPipe { get; set; }

    /// <summary>Asks for a pipe from standard output.</summary>
    public bool CreateStdOutPipe { get; set; }

    /// <summary>Asks for a pipe from standard error.</summary>
    public bool CreateStdErrPipe { get; set; }

    /// <summary>Height and width of the console in characters, in that order.</summary>
    public ushort[]? ConsoleSize { get; set; }

    /// <summary>Uses a logon that exists already.</summary>
    public bool UseExistingLogin { get; set; }

    /// <summary>Uses the console of older Windows.</summary>
    public bool UseLegacyConsole { get; set; }
}
