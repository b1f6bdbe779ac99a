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
        ["UINT64"] = typeof(ulong),
        ["SIZE_T*"] = typeof(UIntPtr).MakeByRefType(),
        ["HRESULT"] = typeof(int),
        ["LSTATUS"] = typeof(int),
        ["NTSTATUS"] = typeof(int),
        ["OSVERSIONINFOW*"] = typeof(NtDll.OSVERSIONINFOW).MakeByRefType(),
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
        ["HCS_EVENT*"] = typeof(ComputeCore.HCS_EVENT).MakeByRefType(),
        ["DriverInfo*"] = typeof(VmCompute.DriverInfo).MakeByRefType(),
        ["WC_LAYER_DESCRIPTOR*"] = typeof(VmCompute.WC_LAYER_DESCRIPTOR[]),
        ["TOKEN_PRIVILEGES*"] = typeof(Advapi32.TOKEN_PRIVILEGES).MakeByRefType(),
        ["SECURITY_ATTRIBUTES*"] = typeof(Kernel32.SECURITY_ATTRIBUTES).MakeByRefType(),
        ["GUID*"] = typeof(Guid).MakeByRefType(),
        ["FILE_INFO_BY_HANDLE_CLASS"] = typeof(Kernel32.FILE_INFO_BY_HANDLE_CLASS),
        ["TOKEN_INFORMATION_CLASS"] = typeof(Advapi32.TOKEN_INFORMATION_CLASS),
        ["SECURITY_IMPERSONATION_LEVEL"] = typeof(Advapi32.SECURITY_IMPERSONATION_LEVEL),
        ["HCS_EVENT_OPTIONS"] = typeof(ComputeCore.HCS_EVENT_OPTIONS),
        ["HCS_EVENT_CALLBACK"] = typeof(ComputeCore.HCS_EVENT_CALLBACK),
        ["HCS_OPERATION_COMPLETION"] = typeof(ComputeCore.HCS_OPERATION_COMPLETION),
        ["REFGUID"] = typeof(Guid).MakeByRefType(),
        ["HCN_NOTIFICATION_CALLBACK"] = typeof(ComputeNetwork.HCN_NOTIFICATION_CALLBACK),
        ["HCS_NOTIFICATION_CALLBACK"] = typeof(VmCompute.HCS_NOTIFICATION_CALLBACK),
    };

    private static readonly Dictionary<string, Type[]> s_handles = new()
    {
        ["HCS_OPERATION"] = [typeof(ComputeCore.SafeHcsOperationHandle)],
        ["HCS_SYSTEM"] = [typeof(ComputeCore.SafeHcsSystemHandle)],
        ["HCS_PROCESS"] = [typeof(ComputeCore.SafeHcsProcessHandle)],
        ["HCS_SYSTEM_V1"] = [typeof(VmCompute.SafeHcsSystemV1Handle)],
        ["HCS_PROCESS_V1"] = [typeof(VmCompute.SafeHcsProcessV1Handle)],
        ["HCN_NETWORK"] = [typeof(ComputeNetwork.SafeHcnNetworkHandle)],
        ["HCN_ENDPOINT"] = [typeof(ComputeNetwork.SafeHcnEndpointHandle)],
        ["HCN_NAMESPACE"] = [typeof(ComputeNetwork.SafeHcnNamespaceHandle)],
        ["HCN_CALLBACK"] = [typeof(ComputeNetwork.SafeHcnCallbackHandle)],
        ["TOKEN_HANDLE"] = [typeof(Advapi32.SafeTokenHandle)],
        ["HCS_CALLBACK"] = [typeof(VmCompute.SafeHcsSystemCallbackHandle), typeof(VmCompute.SafeHcsProcessCallbackHandle)],
    };

    internal static bool Match(string native, string direction, string dll, ParameterInfo declared)
    {
        Type type = declared.ParameterType;
        // A buffer of the caller: the only arrays that a function writes to.
        if (native is "WCHAR*" or "BYTE*")
        {
            return type == (native == "BYTE*" ? typeof(byte[]) : typeof(char[])) && declared.IsOut && direction == "out";
        }

        if (direction == "out")
        {
            string? pointee = native.EndsWith('*') ? native[..^1] : native.StartsWith("PHCN_", StringComparison.Ordinal) ? native[1..] : null;
            return type.IsByRef && declared.IsOut && pointee is not null
                && Pointees(pointee, dll).Contains(type.GetElementType());
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

        return s_values.TryGetValue(native, out Type? value) && type == value && !declared.IsOut;
    }

    internal static int Size(FieldInfo field) =>
        field.GetCustomAttribute<MarshalAsAttribute>() is { Value: UnmanagedType.ByValTStr } text
            ? text.SizeConst * sizeof(char)
            : Marshal.SizeOf(field.FieldType.IsEnum ? System.Enum.GetUnderlyingType(field.FieldType) : field.FieldType);

    private static Type[] Pointees(string native, string dll) => native switch
    {
        "PWSTR" => [dll is "vmcompute.dll" or "computenetwork.dll" or "shell32.dll" ? typeof(Ole32.SafeCoTaskString) : typeof(Kernel32.SafeLocalString)],
        "DWORD" => [typeof(uint)],
        "GUID" => [typeof(Guid)],
        "PSECURITY_DESCRIPTOR" => [typeof(Advapi32.SafeSecurityDescriptor)],
        "FILE_ATTRIBUTE_TAG_INFO" => [typeof(Kernel32.FILE_ATTRIBUTE_TAG_INFO)],
        "LUID" => [typeof(Advapi32.LUID)],
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
