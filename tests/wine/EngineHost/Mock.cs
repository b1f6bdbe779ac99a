using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Wine;

/// <summary>Lets a script control the mocks of the libraries of HCS and HCN.</summary>
public static class Mock
{
    private const int EveryCall = -1;
    private const int NextCall = 1;
    private const int NoFault = 0;
    private const int TextSize = 4096;
    private const int RecordSize = 65536;
    private const int IdleMilliseconds = 200;

    private static readonly TimeSpan s_untilCalled = TimeSpan.FromSeconds(5);

    // The kinds of counted objects: systems, processes, operations, callbacks, strings, mounts, impersonations, and the
    // handles of networks, endpoints and namespaces.
    private const int Kinds = 10;
    private const int KindOfStrings = 4;

    // HcsNotificationSystemCreateCompleted to -GetPropertiesCompleted, and an unknown notification.
    private static readonly uint[] s_completions = [2, 3, 4, 5, 6, 7, 0xbad];

    private delegate void SetExitDelay(int milliseconds);

    private delegate void SetFault(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string function,
        int nth,
        int kind,
        int hresult,
        int delay,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string? document);

    private delegate void Order();

    private delegate void Switch(int on);

    private delegate int Count(int kind);

    private delegate void SetHold([MarshalAs(UnmanagedType.LPUTF8Str)] string function, int on);

    private delegate int CountCalls([MarshalAs(UnmanagedType.LPUTF8Str)] string function);

    private delegate int CountGrants();

    private delegate void ReadRecord(byte[] text, int size);

    private delegate int ReadText(byte[] text, int size);

    private delegate void EmitEvents(uint type, int threads, int count, nint data);

    /// <summary>
    /// The folder with the mocks under their Linux names; null under Wine, which finds them as Windows does.
    /// </summary>
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

    /// <summary>Delays every exit by this time after its cause.</summary>
    public static void DelayExit(string library, int milliseconds) =>
        Get<SetExitDelay>(library, "mock_set_exit_delay")(milliseconds);

    /// <summary>Delays every call of a function by this time.</summary>
    public static void Delay(string library, string function, int milliseconds) =>
        Get<SetFault>(library, "mock_set_fault")(function, EveryCall, NoFault, 0, milliseconds, null);

    /// <summary>Makes the next call of a function fail, or a later one.</summary>
    /// <param name="library">The library.</param>
    /// <param name="function">The function of the library.</param>
    /// <param name="kind">1: the call itself is refused; 2: it fails later; 3: its end is never reported.</param>
    /// <param name="code">The HRESULT; 0 if the end is never reported.</param>
    /// <param name="document">The result document of the call.</param>
    /// <param name="nth">The number of the call from now on.</param>
    public static void Fault(string library, string function, int kind, int code, string? document, int nth = NextCall) =>
        Get<SetFault>(library, "mock_set_fault")(function, nth, kind, code, 0, document);

    /// <summary>
    /// Resets the mock to a working service without systems; a handle may be closed under a call that never ends.
    /// </summary>
    public static void Reset(string library)
    {
        Get<Order>(library, "mock_reset")();
        Get<Switch>(library, "mock_set_closes_pending")(1);
    }

    /// <summary>
    /// Makes the service go away with all its systems while a call is inside a function. The call goes on when all
    /// handles have been told. The task ends when the service is back.
    /// </summary>
    public static Task DisconnectDuring(string library, string function)
    {
        Get<SetHold>(library, "mock_hold")(function, 1);
        return Task.Run(() =>
        {
            SpinWait.SpinUntil(() => Get<CountCalls>(library, "mock_waiting")(function) > 0, s_untilCalled);
            Get<Order>(library, "mock_disconnect")();
            Get<Count>(library, "mock_wait_idle")(IdleMilliseconds);
            Get<SetHold>(library, "mock_hold")(function, 0);
        });
    }

    /// <summary>Repeats the notifications of completed calls twice, to all callbacks.</summary>
    public static void TellAgain(string library) =>
        Array.ForEach(s_completions, type => Get<EmitEvents>(library, "mock_emit")(type, 2, 1, 0));

    /// <summary>Returns what was called for virtual machines and layers, in order.</summary>
    public static string[] Record(string library)
    {
        byte[] text = new byte[RecordSize];
        Get<ReadRecord>(library, "mock_record")(text, RecordSize);
        return Encoding.UTF8.GetString(text, 0, Array.IndexOf(text, (byte)0)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Returns the number of rights of virtual machines on files.</summary>
    public static int Grants() => Get<CountGrants>("computecore", "mock_grants")();

    /// <summary>Returns the objects that are alive in a library, and its misuses; empty if there are none.</summary>
    public static string Left(string library)
    {
        // Under Wine its own kernel32 frees the strings, which the mock does not see.
        int[] alive =
        [
            .. Enumerable.Range(0, Kinds).Where(kind => Folder is not null || kind != KindOfStrings)
                .Select(kind => Get<Count>(library, "mock_alive")(kind)),
        ];
        byte[] text = new byte[TextSize];
        string wrong = Get<ReadText>(library, "mock_violations")(text, TextSize) == 0
            ? string.Empty : Encoding.UTF8.GetString(text, 0, Array.IndexOf(text, (byte)0));
        return alive.Sum() == 0 ? wrong : $"{library}: {string.Join('/', alive)} alive; {wrong}";
    }

    private static T Get<T>(string library, string function)
        where T : Delegate =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(Load(library), function));

    private static nint Load(string library) => NativeLibrary.Load(Folder is null ? library + ".dll" : PathOf(library));

    // An old Windows has only one of the libraries.
    private static bool Exists(string library) => File.Exists(PathOf(library));

    private static string PathOf(string library) => Path.Combine(Folder!, $"lib{library}.so");

    private static nint Find(string library, Assembly assembly, DllImportSearchPath? path) => library switch
    {
        // Each library frees the memory that the library of the same age has returned.
        "computecore.dll" or "kernel32.dll" or "ntdll.dll" when Exists("computecore") => Load("computecore"),
        "vmcompute.dll" or "computenetwork.dll" or "ole32.dll" or "advapi32.dll" or "shell32.dll" when Exists("vmcompute") => Load("vmcompute"),

        // Both have what is neither's own.
        "kernel32.dll" or "ntdll.dll" when Exists("vmcompute") => Load("vmcompute"),
        _ => 0,
    };
}
