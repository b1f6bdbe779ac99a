using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.Ole32;

namespace HcsPowerShell.Interop.ComputeNetwork;

/// <summary>Calls functions of computenetwork and takes their answers. A call blocks until the service answers.</summary>
internal static class ComputeNetworkCall
{
    internal delegate int Plain(out SafeCoTaskString errorRecord);

    internal delegate int Answering(out SafeCoTaskString answer, out SafeCoTaskString errorRecord);

    internal delegate int Opening<THandle>(out THandle handle, out SafeCoTaskString errorRecord);

    /// <exception cref="HcsException">The call was refused.</exception>
    internal static void Run(string function, Plain call)
    {
        int hresult = call(out SafeCoTaskString errorRecord);
        Check(function, hresult, errorRecord.Take());
    }

    /// <summary>Makes a call whose answer is a document.</summary>
    /// <exception cref="HcsException">The call was refused.</exception>
    internal static string? Ask(string function, Answering call)
    {
        int hresult = call(out SafeCoTaskString answer, out SafeCoTaskString errorRecord);
        using (answer)
        {
            Check(function, hresult, errorRecord.Take());
            return answer.Take();
        }
    }

    /// <summary>Makes a call whose answer is a handle.</summary>
    /// <exception cref="HcsException">The call was refused.</exception>
    internal static THandle Open<THandle>(string function, Opening<THandle> call)
        where THandle : NativeHandle
    {
        int hresult = call(out THandle handle, out SafeCoTaskString errorRecord);
        try
        {
            Check(function, hresult, errorRecord.Take());
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Throws for a refusal; an error record is one whatever the code is, as in hcsshim.</summary>
    private static void Check(string function, int hresult, string? errorRecord)
    {
        bool isRecorded = !string.IsNullOrWhiteSpace(errorRecord);
        if (hresult < 0 || isRecorded)
        {
            throw new HcsException(
                function, hresult < 0 ? hresult : CodeOf(errorRecord!), resultDocument: isRecorded ? errorRecord : null);
        }
    }

    private static int CodeOf(string errorRecord) =>
        HcsJson.ReadFitting<HnsResponse>(errorRecord)?.FailureCode ?? HResult.Unspecified;
}
