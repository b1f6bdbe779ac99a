using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;
using static HcsPowerShell.Interop.Native.Ole32;
using static HcsPowerShell.Interop.Native.VmCompute;

namespace HcsPowerShell.Interop.ComputeNetwork;

/// <summary>Asks the Host Network Service by its older interface, which alone tells the version.</summary>
internal static class HnsCall
{
    /// <summary>Returns the answer; null when there is none. The call blocks until the service answers.</summary>
    /// <exception cref="HcsException">The call was refused; E_FAIL when the service says why in words only.</exception>
    internal static string? Get(string path)
    {
        int hresult = HNSCall("GET", path, string.Empty, out SafeCoTaskString response);
        string? text = response.Take();
        if (hresult < 0)
        {
            throw new HcsException(nameof(HNSCall), hresult, resultDocument: text);
        }

        // The result is S_OK for a refusal too.
        HnsResponse answer = AnswerDocument.Read<HnsResponse>(nameof(HNSCall), null, text);
        return answer.Success == true
            ? answer.Output?.Text
            : throw new HcsException(nameof(HNSCall), answer.FailureCode, resultDocument: text);
    }
}
