using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Terminal.Native;

/// <summary>The console functions of Windows, under their own names.</summary>
internal static class Kernel32
{
    internal const int STD_INPUT_HANDLE = -10;
    internal const int STD_OUTPUT_HANDLE = -11;

    internal const uint ENABLE_PROCESSED_INPUT = 0x1;
    internal const uint ENABLE_LINE_INPUT = 0x2;
    internal const uint ENABLE_ECHO_INPUT = 0x4;
    internal const uint ENABLE_MOUSE_INPUT = 0x10;
    internal const uint ENABLE_VIRTUAL_TERMINAL_INPUT = 0x200;

    internal const uint ENABLE_PROCESSED_OUTPUT = 0x1;
    internal const uint ENABLE_VIRTUAL_TERMINAL_PROCESSING = 0x4;
    internal const uint DISABLE_NEWLINE_AUTO_RETURN = 0x8;

    internal const uint CP_UTF8 = 65001;
    internal const ushort KEY_EVENT = 1;
    internal const ushort VK_MENU = 0x12;
    internal const uint INFINITE = 0xFFFFFFFF;
    internal const uint WAIT_OBJECT_0 = 0;

    private const string Library = "kernel32.dll";

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern bool GetConsoleMode(
        SafeFileHandle hConsoleHandle,
        out uint lpMode);

    [DllImport(Library, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern uint GetConsoleOutputCP();

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern bool GetConsoleScreenBufferInfo(
        SafeFileHandle hConsoleOutput,
        out CONSOLE_SCREEN_BUFFER_INFO lpConsoleScreenBufferInfo);

    /// <returns>A handle that the caller must not close.</returns>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern nint GetStdHandle(int nStdHandle);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern bool ReadConsoleInputW(
        SafeFileHandle hConsoleInput,
        [Out] INPUT_RECORD[] lpBuffer,
        uint nLength,
        out uint lpNumberOfEventsRead);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern bool SetConsoleMode(
        SafeFileHandle hConsoleHandle,
        uint dwMode);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern bool SetConsoleOutputCP(uint wCodePageID);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern uint WaitForMultipleObjects(
        uint nCount,
        nint[] lpHandles,
        bool bWaitAll,
        uint dwMilliseconds);

    [StructLayout(LayoutKind.Sequential)]
    internal struct CONSOLE_SCREEN_BUFFER_INFO
    {
        public short SizeX;
        public short SizeY;
        public short CursorX;
        public short CursorY;
        public ushort Attributes;
        public short WindowLeft;
        public short WindowTop;
        public short WindowRight;
        public short WindowBottom;
        public short MaximumX;
        public short MaximumY;
    }

    /// <summary>The record with its KEY_EVENT_RECORD, the largest member of the union.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct INPUT_RECORD
    {
        public ushort EventType;
        public ushort Padding;
        public int KeyDown;
        public ushort RepeatCount;
        public ushort VirtualKeyCode;
        public ushort VirtualScanCode;
        public ushort UnicodeChar;
        public uint ControlKeyState;
    }
}
