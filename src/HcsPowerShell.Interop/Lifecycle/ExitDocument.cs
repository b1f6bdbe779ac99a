using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>Reads how a system ended. The end is certain: no document may hide it.</summary>
internal static class ExitDocument
{
    /// <summary>
    /// The document, or what the result code alone says when there is none. Of a document that cannot be read as a whole
    /// what fits is taken; one of which nothing is left is an unknown exit, and keeps its text.
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

    /// <summary>A document that says nothing of the end leaves it to the code that came with it.</summary>
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
