using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using HcsPowerShell.Interop.Native;

namespace HcsPowerShell.Native.Tests.Abi;

/// <summary>Maps each native type to the declared types that may represent it.</summary>
internal static class AbiTypes
{
    private static readonly Dictionary<string, Type> s_values = new()
    {
        ["PCWSTR"] = typeof(string),
        ["DWORD"] = typeof(uint),
        ["DWORD*"] = typeof(uint).MakeByRefType(),
        ["HRESULT"] = typeof(int),
        ["LSTATUS"] = typeof(int),
        ["void"] = typeof(void),
        ["HANDLE"] = typeof(IntPtr),
        ["HKEY"] = typeof(IntPtr),
        ["HLOCAL"] = typeof(IntPtr),
        ["BOOL"] = typeof(int),
        ["LPVOID"] = typeof(IntPtr),
        ["LPWSTR"] = typeof(IntPtr),
        ["FILE_HANDLE"] = typeof(Microsoft.Win32.SafeHandles.SafeFileHandle),
        ["void*"] = typeof(IntPtr),
        ["const void*"] = typeof(IntPtr),
        ["const SECURITY_DESCRIPTOR*"] = typeof(IntPtr),
        ["HCS_EVENT_OPTIONS"] = typeof(ComputeCore.HCS_EVENT_OPTIONS),
        ["HCS_EVENT_CALLBACK"] = typeof(ComputeCore.HCS_EVENT_CALLBACK),
        ["HCS_OPERATION_COMPLETION"] = typeof(ComputeCore.HCS_OPERATION_COMPLETION),
        ["HCS_NOTIFICATION_CALLBACK"] = typeof(VmCompute.HCS_NOTIFICATION_CALLBACK),
    };

    private static readonly Dictionary<string, Type[]> s_handles = new()
    {
        ["HCS_OPERATION"] = [typeof(ComputeCore.SafeHcsOperationHandle)],
        ["HCS_SYSTEM"] = [typeof(ComputeCore.SafeHcsSystemHandle)],
        ["HCS_PROCESS"] = [typeof(ComputeCore.SafeHcsProcessHandle)],
        ["HCS_SYSTEM_V1"] = [typeof(VmCompute.SafeHcsSystemV1Handle)],
        ["HCS_PROCESS_V1"] = [typeof(VmCompute.SafeHcsProcessV1Handle)],
        ["HCS_CALLBACK"] = [typeof(VmCompute.SafeHcsSystemCallbackHandle), typeof(VmCompute.SafeHcsProcessCallbackHandle)],
    };

    internal static bool Match(string native, string direction, string dll, ParameterInfo declared)
    {
        Type type = declared.ParameterType;
        if (direction == "out")
        {
            return type.IsByRef && declared.IsOut && native.EndsWith('*')
                && Pointees(native[..^1], dll).Contains(type.GetElementType());
        }

        // The only struct that is passed in by pointer.
        if (native == "HCS_EVENT*")
        {
            return type == typeof(ComputeCore.HCS_EVENT).MakeByRefType() && !declared.IsOut;
        }

        if (s_handles.TryGetValue(native, out Type[]? handles))
        {
            return handles.Contains(type) || (type == typeof(IntPtr) && TakesRawHandle(declared.Member));
        }

        // A callback copies its text itself, because the marshaller would free it.
        if (native == "PCWSTR" && declared.Member.Name == "Invoke")
        {
            return type == typeof(IntPtr);
        }

        return s_values.TryGetValue(native, out Type? value) && type == value;
    }

    internal static int Size(Type type) =>
        type.IsEnum ? Marshal.SizeOf(System.Enum.GetUnderlyingType(type)) : Marshal.SizeOf(type);

    private static Type[] Pointees(string native, string dll) => native switch
    {
        "PWSTR" => [dll == "vmcompute.dll" ? typeof(Ole32.SafeCoTaskString) : typeof(Kernel32.SafeLocalString)],
        "DWORD" => [typeof(uint)],
        "HCS_PROCESS_INFORMATION" => [typeof(HCS_PROCESS_INFORMATION)],
        _ => s_handles.GetValueOrDefault(native, []),
    };

    /// <summary>
    /// Only a callback and the function that closes a handle take a raw handle; the function is for its SafeHandle
    /// alone.
    /// </summary>
    private static bool TakesRawHandle(MemberInfo member) =>
        member is MethodInfo { IsPrivate: true } or { Name: "Invoke" };
}
