using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>Controls a mock and reads its counters.</summary>
public sealed class MockLibrary
{
    private const int TextSize = 4096;
    private const int RecordSize = 1 << 20;

    private readonly Lazy<IntPtr> _library;

    private MockLibrary(string name)
    {
        Name = name;
        _library = new Lazy<IntPtr>(() => NativeLibrary.Load(MockLibraries.PathOf(name)));
    }

    private delegate void VoidCall();

    private delegate void VoidIntCall(int value);

    private delegate int IntCall(int value);

    private delegate int SkipCall(int milliseconds, int limit);

    private delegate void LoseCall(int kind, int count);

    private delegate void HoldCall([MarshalAs(UnmanagedType.LPUTF8Str)] string name, int on);

    private delegate int NameCall([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    private delegate void DocumentCall([MarshalAs(UnmanagedType.LPUTF8Str)] string name, byte[] text, int size);

    private delegate void SecurityCall([MarshalAs(UnmanagedType.LPUTF8Str)] string path, byte[] descriptor, int size);

    private delegate int TextCall(byte[] text, int size);

    private delegate void ReadCall(byte[] text, int size);

    private delegate int AddCall(
        [MarshalAs(UnmanagedType.LPWStr)] string id, [MarshalAs(UnmanagedType.LPWStr)] string document, int started);

    private delegate int ExitCall(
        [MarshalAs(UnmanagedType.LPWStr)] string id, [MarshalAs(UnmanagedType.LPUTF8Str)] string exitType, int status);

    private delegate void EmitCall(
        uint type, int threads, int count, [MarshalAs(UnmanagedType.LPUTF8Str)] string? data);

    private delegate void FaultCall(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string function,
        int nth,
        int kind,
        int hresult,
        int delay,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string? document);

    public static MockLibrary ComputeCore { get; } = new("computecore");

    public static MockLibrary VmCompute { get; } = new("vmcompute");

    /// <summary>vmcompute as it was before HcnQueryEndpointStats.</summary>
    public static MockLibrary Older { get; } = new("vmcompute-older");

    public static bool AreBuilt => File.Exists(MockLibraries.PathOf("computecore"));

    public string Name { get; }

    public int Systems => Get<IntNoArgument>("mock_systems")();

    /// <summary>The networks, endpoints and namespaces of vmcompute.</summary>
    public int Networks => Get<IntNoArgument>("mock_networks")();

    private delegate int IntNoArgument();

    private delegate int AttachCall(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string container, [MarshalAs(UnmanagedType.LPUTF8Str)] string id, int on);

    /// <summary>The number of rights of virtual machines on files, in computecore.</summary>
    public int Grants => Get<IntNoArgument>("mock_grants")();

    /// <summary>Takes every right back.</summary>
    public void ForgetGrants() => Get<VoidCall>("mock_forget_grants")();

    public void Reset() => Get<VoidCall>("mock_reset")();

    /// <summary>Plans a fault for the nth call from now on; -1 plans it for every call.</summary>
    public void SetFault(
        string function, MockFault kind, int hresult = 0, int delay = 0, string? document = null, int nth = 1) =>
        Get<FaultCall>("mock_set_fault")(function, nth, (int)kind, hresult, delay, document);

    /// <summary>
    /// Waits until something is delayed, and lets that much time pass for it at once; false when nothing has been delayed
    /// within the limit.
    /// </summary>
    public bool Skip(int milliseconds, TimeSpan limit) =>
        Get<SkipCall>("mock_skip")(milliseconds, (int)limit.TotalMilliseconds) != 0;

    /// <summary>Blocks calls of the function at their start until the hold is released.</summary>
    public void Hold(string function, bool on = true) => Get<HoldCall>("mock_hold")(function, on ? 1 : 0);

    /// <summary>Returns the number of calls that the hold blocks inside the function.</summary>
    public int Waiting(string function) => Get<NameCall>("mock_waiting")(function);

    public int Alive(MockKind kind) => Get<IntCall>("mock_alive")((int)kind);

    public int Calls(string function) => Get<NameCall>("mock_calls")(function);

    public string LastDocument(string function)
    {
        byte[] text = new byte[TextSize];
        Get<DocumentCall>("mock_last_document")(function, text, TextSize);
        return Text(text);
    }

    /// <summary>Returns what was called on layers, in order: a function and a path, or a size.</summary>
    public string[] Record()
    {
        byte[] text = new byte[RecordSize];
        Get<ReadCall>("mock_record")(text, RecordSize);
        return Text(text).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Returns the first misuse of a handle or a string; null if there was none.</summary>
    public string? Violation()
    {
        byte[] text = new byte[TextSize];
        return Get<TextCall>("mock_violations")(text, TextSize) == 0 ? null : Text(text);
    }

    public void SetReplay(bool on) => Get<VoidIntCall>("mock_set_replay")(on ? 1 : 0);

    public void SetCreatedTold(bool on) => Get<VoidIntCall>("mock_set_created_told")(on ? 1 : 0);

    public void SetExitData(bool on) => Get<VoidIntCall>("mock_set_exit_data")(on ? 1 : 0);

    public void SetCloseEmits(bool on) => Get<VoidIntCall>("mock_set_close_emits")(on ? 1 : 0);

    /// <summary>
    /// Allows a handle to be closed while a call on it is pending, once no caller can wait any longer.
    /// </summary>
    public void SetClosesPending(bool on) => Get<VoidIntCall>("mock_set_closes_pending")(on ? 1 : 0);

    /// <summary>Sets the delay before the mock reports an exit.</summary>
    public void SetExitDelay(int milliseconds) => Get<VoidIntCall>("mock_set_exit_delay")(milliseconds);

    /// <summary>Gives a file a security descriptor in one piece, except on Windows.</summary>
    public void SetSecurity(string path, byte[] descriptor) =>
        Get<SecurityCall>("mock_set_security")(path, descriptor, descriptor.Length);

    /// <summary>Tells whether the user of this process is elevated, except on Windows.</summary>
    public void SetElevated(bool on) => Get<VoidIntCall>("mock_set_elevated")(on ? 1 : 0);

    public void Lose(MockEvent kind, int count = 1) => Get<LoseCall>("mock_lose_event")((int)kind, count);

    public int AddSystem(string id, string document, bool started) =>
        Get<AddCall>("mock_add_system")(id, document, started ? 1 : 0);

    public int ExitSystem(string id, string exitType, int status) =>
        Get<ExitCall>("mock_exit_system")(id, exitType, status);

    public void Disconnect() => Get<VoidCall>("mock_disconnect")();

    public void Emit(uint type, int threads, int count, string? data) =>
        Get<EmitCall>("mock_emit")(type, threads, count, data);

    /// <summary>Removes every network, endpoint and namespace; handles stay open and counted.</summary>
    public void ForgetNetworks() => Get<VoidCall>("mock_forget_networks")();

    /// <summary>Lets no object of a network have an id that its caller has chosen.</summary>
    public void SetIdsRefused(bool on) => Get<VoidIntCall>("mock_set_ids_refused")(on ? 1 : 0);

    /// <summary>Attaches a system to an endpoint or a namespace, as computecore would; false when there is none.</summary>
    public bool Attach(string container, string id, bool on = true) =>
        Get<AttachCall>("mock_attach")(container, id, on ? 1 : 0) != 0;

    public bool WaitIdle(int milliseconds) => Get<IntCall>("mock_wait_idle")(milliseconds) != 0;

    private static string Text(byte[] text) => Encoding.UTF8.GetString(text, 0, Array.IndexOf(text, (byte)0));

    private T Get<T>(string function)
        where T : Delegate =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(_library.Value, function));
}
