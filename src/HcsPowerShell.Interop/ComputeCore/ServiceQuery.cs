using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.ComputeCore;
using static HcsPowerShell.Interop.Native.Kernel32;

namespace HcsPowerShell.Interop.ComputeCore;

/// <summary>Asks the service for one of its properties (HcsGetServiceProperties).</summary>
internal static class ServiceQuery
{
    /// <summary>Returns the answer of the service; null or empty when it gave none.</summary>
    /// <exception cref="HcsException">The service refuses the query.</exception>
    internal static Task<string?> AskAsync(string property) =>
        NativeCall.RunAsync(nameof(HcsGetServiceProperties), null, () => Ask(property));

    /// <summary>Returns the text of the property in the answer; null when the answer has none.</summary>
    /// <exception cref="HcsException">The service refuses the query.</exception>
    internal static async Task<string?> ReadAsync(string property)
    {
        string? answer = await AskAsync(property).ConfigureAwait(false);
        return string.IsNullOrEmpty(answer)
            ? null
            : HcsJson.ReadFitting<ServiceProperties>(answer!)?.Properties?.OfType<RawJson>().FirstOrDefault()?.Text;
    }

    private static string? Ask(string property)
    {
        string query = HcsJson.Write(new PropertyQuery { PropertyTypes = [property] });
        int hresult = HcsGetServiceProperties(query, out SafeLocalString result);
        string? document = result.Take();
        return hresult < 0
            ? throw new HcsException(nameof(HcsGetServiceProperties), hresult, null, document)
            : document;
    }
}
