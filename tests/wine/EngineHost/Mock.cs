using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Wine;

/// <summary>Lets a script tell the mocks of the two libraries of HCS how to behave.</summary>
public static class Mock
{
    private const int EveryCall = -1;
    private const int NoFault = 0;

    private delegate void SetExitDelay(int milliseconds);

    private delegate void SetFault(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string function, int nth, int kind, int hresult, int delay, nint document);

    /// <summary>Folder with the mocks as Linux names them; null under Wine, which finds them as Windows does.</summary>
    private static string? Folder => Environment.GetEnvironmentVariable("HCSPOWERSHELL_MOCKS");

    /// <summary>Points the imports of the module at the mocks.</summary>
    public static void Resolve()
    {
        if (Folder is not null)
        {
            NativeLibrary.SetDllImportResolver(
                AppDomain.CurrentDomain.GetAssemblies().Single(a => a.GetName().Name == "HcsPowerShell.Interop"), Find);
        }
    }

    /// <summary>Exits come so long after what causes them.</summary>
    public static void DelayExit(string library, int milliseconds) =>
        Get<SetExitDelay>(library, "mock_set_exit_delay")(milliseconds);

    /// <summary>Every call of a function takes so long.</summary>
    public static void Delay(string library, string function, int milliseconds) =>
        Get<SetFault>(library, "mock_set_fault")(function, EveryCall, NoFault, 0, milliseconds, 0);

    private static T Get<T>(string library, string function)
        where T : Delegate =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(Load(library), function));

    private static nint Load(string library) =>
        NativeLibrary.Load(Folder is null ? library + ".dll" : Path.Combine(Folder, $"lib{library}.so"));

    private static nint Find(string library, Assembly assembly, DllImportSearchPath? path) => library switch
    {
        // Each frees what the library of the same age has given.
        "computecore.dll" or "kernel32.dll" => Load("computecore"),
        "vmcompute.dll" or "ole32.dll" => Load("vmcompute"),
        _ => 0,
    };
}
