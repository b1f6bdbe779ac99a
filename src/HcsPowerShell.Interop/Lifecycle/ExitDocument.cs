using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>
/// Reads how a system ended. The exit is certain, so a document that cannot be read must not hide it.
/// </summary>
internal static class ExitDocument
{
    /// <summary>
    /// Reads the document; without one, the result code alone gives the status. From a document that cannot be read as
    /// a whole, the members that fit are taken. If none of them gives a status, the exit is unknown and keeps the text.
    /// </summary>
    internal static SystemExitStatus Read(string? document, int hresult)
    {
        if (string.IsNullOrWhiteSpace(document))
        {
            return OfCode(hresult);
        }

        try
        {
            return WithCode(HcsJson.Read<SystemExitStatus>(document!), hresult);
        }
        catch (HcsDocumentException)
        {
            if (HcsJson.ReadFitting<SystemExitStatus>(document!) is { } fitting && !IsEmpty(fitting))
            {
                return WithCode(fitting, hresult);
            }
        }

        SystemExitStatus unknown = OfCode(hresult);
        unknown.ExitType ??= "Unknown";
        unknown.UnreadText = document;
        return unknown;
    }

    /// <summary>Takes the status from the result code when the document does not give one.</summary>
    private static SystemExitStatus WithCode(SystemExitStatus exit, int hresult)
    {
        if (IsEmpty(exit) && hresult < 0)
        {
            exit.Status = hresult;
            exit.ExitType = ExitType(hresult);
        }

        return exit;
    }

    private static bool IsEmpty(SystemExitStatus exit) => exit is { Status: 0, ExitType: null };

    private static SystemExitStatus OfCode(int hresult) => new() { Status = hresult, ExitType = ExitType(hresult) };

    private static string? ExitType(int hresult) =>
        HResult.Same(hresult, HResult.UnexpectedExit) ? "UnexpectedExit"
        : HResult.Same(hresult, HResult.Terminated) ? "ForcedExit"
        : null;
}
