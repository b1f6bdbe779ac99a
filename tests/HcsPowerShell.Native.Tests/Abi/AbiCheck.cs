using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace HcsPowerShell.Native.Tests.Abi;

/// <summary>Compares a declaration with the published ABI and reports the differences.</summary>
public sealed class AbiCheck(AbiFacts facts)
{
    /// <summary>Returns the differences of a DllImport; empty if there are none.</summary>
    public IReadOnlyList<string> Function(MethodInfo method)
    {
        DllImportAttribute import = method.GetCustomAttribute<DllImportAttribute>()!;
        var differences = new List<string>();
        if (facts.Function(import.Value, method.Name) is not { } fact)
        {
            return [$"{import.Value} is not known to export {method.Name}"];
        }

        Expect(differences, "entry point", method.Name, import.EntryPoint);
        Expect(differences, "ExactSpelling", true, import.ExactSpelling);
        Expect(differences, "PreserveSig", true, import.PreserveSig);
        Expect(differences, "calling convention", CallingConvention.Winapi, import.CallingConvention);
        if (method.GetParameters().Any(p => p.ParameterType == typeof(string)))
        {
            Expect(differences, "character set", CharSet.Unicode, import.CharSet);
        }

        if (!AbiTypes.Match(fact.GetProperty("returns").GetString()!, "in", import.Value, method.ReturnParameter))
        {
            differences.Add($"returns {method.ReturnType.Name} for {fact.GetProperty("returns").GetString()}");
        }

        Parameters(differences, fact, method, import.Value);
        return differences;
    }

    /// <summary>Returns the differences of a delegate that represents the callback type of the same name.</summary>
    public IReadOnlyList<string> Callback(Type type)
    {
        var differences = new List<string>();
        if (facts.Callback(type.Name) is not { } fact)
        {
            return [$"no callback type is called {type.Name}"];
        }

        Expect(
            differences,
            "calling convention",
            CallingConvention.Winapi,
            type.GetCustomAttribute<UnmanagedFunctionPointerAttribute>()?.CallingConvention);
        MethodInfo invoke = type.GetMethod("Invoke")!;
        if (invoke.ReturnType != typeof(void))
        {
            differences.Add("a callback returns nothing");
        }

        Parameters(differences, fact, invoke, dll: string.Empty);
        return differences;
    }

    /// <summary>Returns the differences in the layout of a struct on x64.</summary>
    public IReadOnlyList<string> Struct(Type type)
    {
        var differences = new List<string>();
        if (facts.Struct(type.Name) is not { } fact)
        {
            return [$"no struct is called {type.Name}"];
        }

        FieldInfo[] fields = type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);
        JsonElement[] expected = [.. fact.GetProperty("fields").EnumerateArray()];
        Expect(differences, "size", fact.GetProperty("size_x64").GetInt32(), Marshal.SizeOf(type));
        Expect(differences, "number of fields", expected.Length, fields.Length);
        foreach (JsonElement field in expected)
        {
            string name = field.GetProperty("name").GetString()!;
            if (fields.FirstOrDefault(f => f.Name == name) is not { } declared)
            {
                differences.Add("no field " + name);
                continue;
            }

            Expect(differences, name + " offset", field.GetProperty("offset_x64").GetInt32(), (int)Marshal.OffsetOf(type, name));
            Expect(differences, name + " size", field.GetProperty("size_x64").GetInt32(), AbiTypes.Size(declared));
        }

        return differences;
    }

    /// <summary>Returns the differences of an enum; it may omit values, but not change one.</summary>
    public IReadOnlyList<string> Enum(Type type)
    {
        var differences = new List<string>();
        if (facts.Enum(type.Name) is not { } fact)
        {
            return [$"no enum is called {type.Name}"];
        }

        Expect(differences, "underlying type", typeof(int), System.Enum.GetUnderlyingType(type));
        foreach (string name in System.Enum.GetNames(type))
        {
            int? value = fact.GetProperty("values").EnumerateArray()
                .Where(v => v.GetProperty("name").GetString() == name)
                .Select(v => (int?)v.GetProperty("value").GetInt32()).FirstOrDefault();
            Expect(
                differences,
                name,
                value,
                Convert.ToInt32(System.Enum.Parse(type, name), CultureInfo.InvariantCulture));
        }

        return differences;
    }

    private static void Parameters(List<string> differences, JsonElement fact, MethodInfo method, string dll)
    {
        JsonElement[] expected = [.. fact.GetProperty("parameters").EnumerateArray()];
        ParameterInfo[] declared = method.GetParameters();
        Expect(differences, "number of parameters", expected.Length, declared.Length);
        foreach ((JsonElement want, ParameterInfo have) in expected.Zip(declared))
        {
            string type = want.GetProperty("type").GetString()!;
            string direction = want.GetProperty("direction").GetString()!;
            Expect(differences, $"name of parameter {have.Position}", want.GetProperty("name").GetString(), have.Name);
            if (!AbiTypes.Match(type, direction, dll, have))
            {
                differences.Add($"{have.Name}: {have.ParameterType.Name} for {direction} {type}");
            }
        }
    }

    private static void Expect<T>(List<string> differences, string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            differences.Add($"{what}: {actual} for {expected}");
        }
    }
}
