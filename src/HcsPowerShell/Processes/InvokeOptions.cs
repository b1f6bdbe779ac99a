using System.Text;

namespace HcsPowerShell.Processes;

/// <summary>How a process is run to its end.</summary>
/// <param name="Encoding">Of input and output.</param>
/// <param name="AsByteStream">Output comes as byte arrays.</param>
/// <param name="PassThru">Output is collected into one result object.</param>
/// <param name="ExitCodeIsError">An exit code other than 0 is an error.</param>
internal sealed record InvokeOptions(
    Encoding Encoding, bool AsByteStream, bool PassThru, bool ExitCodeIsError);
