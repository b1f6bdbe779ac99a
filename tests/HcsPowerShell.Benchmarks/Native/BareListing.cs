using System;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace HcsPowerShell.Benchmarks.Native;

/// <summary>An enumeration as in C: the operation, the call, the wait, and the parsed answer.</summary>
internal static class BareListing
{
    private const uint Infinite = uint.MaxValue;

    /// <returns>The number of compute systems.</returns>
    public static int Run(string query)
    {
        IntPtr operation = HcsCreateOperation(IntPtr.Zero, IntPtr.Zero);
        Marshal.ThrowExceptionForHR(HcsEnumerateComputeSystems(query, operation));
        Marshal.ThrowExceptionForHR(HcsWaitForOperationResult(operation, Infinite, out IntPtr result));
        string text = Marshal.PtrToStringUni(result)!;
        LocalFree(result);
        HcsCloseOperation(operation);
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.GetArrayLength();
    }

    [DllImport(MockLibrary.Name)]
    private static extern IntPtr HcsCreateOperation(IntPtr context, IntPtr callback);

    [DllImport(MockLibrary.Name)]
    private static extern int HcsEnumerateComputeSystems(
        [MarshalAs(UnmanagedType.LPWStr)] string query, IntPtr operation);

    [DllImport(MockLibrary.Name)]
    private static extern int HcsWaitForOperationResult(IntPtr operation, uint milliseconds, out IntPtr result);

    [DllImport(MockLibrary.Name)]
    private static extern void HcsCloseOperation(IntPtr operation);

    [DllImport("kernel32.dll")]
    private static extern IntPtr LocalFree(IntPtr memory);
}
