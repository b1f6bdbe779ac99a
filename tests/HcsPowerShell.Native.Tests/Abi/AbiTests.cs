using System;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using HcsPowerShell.Interop.Native;
using Xunit;

namespace HcsPowerShell.Native.Tests.Abi;

public sealed class AbiTests
{
    private const BindingFlags Every = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly AbiCheck s_check = new(new AbiFacts());

    public static TheoryData<string, string> Functions => [.. s_imports.Select(m => (m.DeclaringType!.Name, m.Name))];

    public static TheoryData<string> Structs => [.. s_types.Where(t => t.IsValueType && !t.IsEnum).Select(t => t.Name)];

    public static TheoryData<string> Enums => [.. s_types.Where(t => t.IsEnum).Select(t => t.Name)];

    public static TheoryData<string> Callbacks =>
        [.. s_types.Where(t => t.IsSubclassOf(typeof(Delegate))).Select(t => t.Name)];

    private static readonly Assembly s_interop = typeof(HCS_PROCESS_INFORMATION).Assembly;

    private static readonly MethodInfo[] s_imports =
        [.. s_interop.GetTypes()
            .SelectMany(t => t.GetMethods(Every | BindingFlags.DeclaredOnly))
            .Where(m => m.GetCustomAttribute<DllImportAttribute>() is not null)];

    private static readonly Type[] s_types = [.. s_interop.GetTypes().Where(IsNative)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_is_declared_as_the_library_exports_it(string library, string name) =>
        Assert.Empty(s_check.Function(s_imports.Single(m => m.DeclaringType!.Name == library && m.Name == name)));

    [Theory]
    [MemberData(nameof(Structs))]
    public void A_struct_has_the_published_layout(string name) => Assert.Empty(s_check.Struct(Type(name)));

    [Theory]
    [MemberData(nameof(Enums))]
    public void An_enum_has_the_published_values(string name) => Assert.Empty(s_check.Enum(Type(name)));

    [Theory]
    [MemberData(nameof(Callbacks))]
    public void A_callback_has_the_published_shape(string name) => Assert.Empty(s_check.Callback(Type(name)));

    [Fact]
    public void Libraries_come_from_the_system_folder_only() => Assert.Equal(
        DllImportSearchPath.System32,
        s_interop
            .GetCustomAttribute<DefaultDllImportSearchPathsAttribute>()?.Paths);

    [Fact]
    public void Nothing_above_the_native_folder_declares_an_import() =>
        Assert.All(s_imports, m => Assert.Equal("HcsPowerShell.Interop.Native", m.DeclaringType!.Namespace));

    [Fact]
    public void Nothing_above_the_native_folder_sees_a_pointer() => Assert.Empty(
        s_interop.GetTypes()
            .Where(t => t.Namespace != "HcsPowerShell.Interop.Native" && !IsNative(t))
            .SelectMany(t => t.GetMembers(Every | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => TypesOf(m).Contains(typeof(IntPtr)))
            .Select(m => m.DeclaringType + "." + m.Name));

    [Fact]
    public void Every_library_is_covered()
    {
        Assert.True(s_imports.Count(m => m.DeclaringType!.Name == "ComputeCore") > 20);
        Assert.True(s_imports.Count(m => m.DeclaringType!.Name == "VmCompute") > 20);
        Assert.True(s_imports.Count(m => m.DeclaringType!.Name == "ComputeNetwork") > 20);
    }

    private static Type[] TypesOf(MemberInfo member) => member switch
    {
        FieldInfo field => [field.FieldType],
        MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(p => p.ParameterType)],
        ConstructorInfo { DeclaringType: { } type } constructor when !type.IsSubclassOf(typeof(Delegate)) =>
            [.. constructor.GetParameters().Select(p => p.ParameterType)],
        _ => [],
    };

    // A native type of a library is declared inside the class of the library.
    private static bool IsNative(Type type) =>
        type == typeof(HCS_PROCESS_INFORMATION)
        || (type.DeclaringType is { } outer && (IsNative(outer) || s_imports.Any(m => m.DeclaringType == outer)));

    private static Type Type(string name) => s_types.Single(t => t.Name == name);
}
