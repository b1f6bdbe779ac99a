using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>Reads how a system ended.</summary>
internal static class ExitDocument
{
    /// <summary>The document, or what the result code alone says when there is none.</summary>
    internal static SystemExitStatus Read(string? document, int hresult)
    {
        if (!string.IsNullOrEmpty(document))
        {
            try
            {
                return HcsJson.Read<SystemExitStatus>(document!);
            }
            catch (HcsDocumentException)
            {
                // The system has ended all the same; a member nobody foresaw must not hide how.
                if (HcsJson.ReadFitting<SystemExitStatus>(document!) is { } fitting)
                {
                    return fitting;
                }
            }
        }

        return new SystemExitStatus { Status = hresult, ExitType = ExitType(hresult) };
    }

    private static string? ExitType(int hresult)
    {
        var code = new HcsException(nameof(IContainer.Exited), hresult);
        return code.Is(HResult.UnexpectedExit) ? "UnexpectedExit"
            : code.Is(HResult.Terminated) ? "ForcedExit"
            : null;
    }
}
