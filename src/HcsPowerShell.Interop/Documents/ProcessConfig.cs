using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace HcsPowerShell.Interop.Documents;

/// <summary>Schema 1 document that starts a process (hcsshim <c>ProcessConfig</c>).</summary>
public sealed class ProcessConfig : CompositeDocument
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

    /// <summary>Gives the process a console; standard error is then merged into standard output.</summary>
    public bool EmulateConsole { get; set; }

    /// <summary>Asks for a pipe to standard input.</summary>
    public bool CreateStdInPipe { get; set; }

    /// <summary>Asks for a pipe from standard output.</summary>
    public bool CreateStdOutPipe { get; set; }

    /// <summary>Asks for a pipe from standard error.</summary>
    public bool CreateStdErrPipe { get; set; }

    /// <summary>Height and width of the console in characters, in that order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public uint[]? ConsoleSize { get; set; } = new uint[2];

    /// <summary>Runs the process in the utility virtual machine.</summary>
    public bool CreateInUtilityVm { get; set; }

    /// <summary>OCI runtime specification, for Linux containers.</summary>
    public RawJson? OCISpecification { get; set; }
}
