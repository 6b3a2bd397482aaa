// Save a workbook again with SheetJS (xlsx, xls, xlsb, ods) and with ExcelJS: node other_programs.mjs FILE FOLDER
import { createRequire } from "node:module";
const require = createRequire(process.cwd() + "/");
const SheetJS = require("xlsx");
const ExcelJS = require("exceljs");

const [file, folder] = process.argv.slice(2);
const book = SheetJS.readFile(file, { cellDates: false, cellStyles: true, cellNF: true });
for (const ending of ["xlsx", "xls", "xlsb", "ods"]) {
  SheetJS.writeFile(book, `${folder}/sheetjs.${ending}`, { bookType: ending === "xls" ? "biff8" : ending });
}
const again = new ExcelJS.Workbook();
await again.xlsx.readFile(file);
await again.xlsx.writeFile(`${folder}/exceljs.xlsx`);
